using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Keys;

/// <summary>How much one opening gives.</summary>
public enum KeyGrain
{
    /// <summary>The whole blob.</summary>
    Blob = 1,

    /// <summary>The households it names, never the blob.</summary>
    Household = 2,

    /// <summary>The one drop sealed to a grant's public key: the row holds the private half.</summary>
    Drop = 3,
}

/// <summary>What the key table says of one key; never the key.</summary>
public sealed record KeyRow
{
    /// <summary>The name of the blob it opens, or the id of the grant whose drop it opens.</summary>
    /// <remarks>What comes before its last hyphen is the row's partition: keys of one family, extract or request open and go together.</remarks>
    public required string Reference { get; init; }

    /// <summary>The id of the one blob the key is for; a drop's is its grant.</summary>
    public required string Blob { get; init; }

    public required string Originator { get; init; }

    public required KeyGrain Grain { get; init; }

    /// <summary>The epoch of the originator's key-encryption key that wraps it.</summary>
    public required int Epoch { get; init; }

    /// <summary>Households opened so far; of the other grains, times it was opened.</summary>
    public required long Openings { get; init; }

    internal byte[] Wrapped { get; init; } = [];

    internal Azure.ETag ETag { get; init; }

    // Of a reference that names no owner.
    private const string OnlyRow = "key";

    internal KeyId KeyId => new(Originator, Epoch);

    /// <summary>Where the row of a reference lies.</summary>
    internal static (string Partition, string Row) Place(string reference) =>
        reference.LastIndexOf('-') is > 0 and var owner && owner < reference.Length - 1 ? (reference[..owner], reference[(owner + 1)..]) : (reference, OnlyRow);

    internal static KeyRow From(TableRow row) => new()
    {
        Reference = row.RowKey == OnlyRow ? row.PartitionKey : $"{row.PartitionKey}-{row.RowKey}",
        Blob = row.Get<string>(nameof(Blob)),
        Originator = row.Get<string>(nameof(Originator)),
        Grain = (KeyGrain)row.Get<int>(nameof(Grain)),
        Epoch = row.Get<int>(nameof(Epoch)),
        Openings = row.Get<long>(nameof(Openings)),
        Wrapped = row.Get<byte[]>(nameof(Wrapped)),
        ETag = row.ETag,
    };

    internal TableRow ToTableRow()
    {
        var (partition, row) = Place(Reference);
        return new(partition, row)
        {
            ETag = ETag,
            [nameof(Blob)] = Blob,
            [nameof(Originator)] = Originator,
            [nameof(Grain)] = (int)Grain,
            [nameof(Epoch)] = Epoch,
            [nameof(Openings)] = Openings,
            [nameof(Wrapped)] = Wrapped,
        };
    }
}
