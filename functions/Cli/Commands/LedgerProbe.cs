using System.Text.Json;
using TfFlow.Programme.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary>A claim about a tree and the proof offered for it, in the JSON of public test suites.</summary>
/// <remarks>Inclusion <c>{leafIdx,treeSize,root,leafHash,proof}</c> or consistency <c>{size1,size2,root1,root2,proof}</c>, bytes in base64; a null is no bytes.</remarks>
internal sealed class LedgerProbe(string name, JsonElement json)
{
    public string Name { get; } = json.TryGetProperty("desc", out var description) && description.ValueKind == JsonValueKind.String
        ? $"{name}: {description.GetString()}"
        : name;

    /// <summary>What the suite expects, or null when it does not say.</summary>
    public bool? WantsRefusal { get; } = json.TryGetProperty("wantErr", out var want) && want.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? want.GetBoolean()
        : null;

    /// <exception cref="FormatException">The JSON holds no such claim.</exception>
    public bool IsAccepted() =>
        Has("leafIdx", "treeSize") ? AcceptsInclusion()
        : Has("size1", "size2") ? AcceptsConsistency()
        : throw new FormatException($"{Name}: a probe has leafIdx and treeSize, or size1 and size2.");

    private bool AcceptsInclusion() =>
        Number("leafIdx") is { } index && Number("treeSize") is { } size
        && Proof() is { } proof
        && Hash("leafHash") is { } leaf && Hash("root") is { } root
        && MerkleProof.VerifyInclusion(index, size, leaf, proof, root);

    private bool AcceptsConsistency()
    {
        if (Number("size1") is not { } size1 || Number("size2") is not { } size2 || Proof() is not { } proof)
        {
            return false;
        }

        // One size, one root: nothing is hashed, so suites give roots there that are no hashes.
        if (size1 == size2 && Bytes("root1") is { } one && Bytes("root2") is { } other)
        {
            return size1 > 0 && proof.Count == 0 && one.AsSpan().SequenceEqual(other);
        }

        return Hash("root1") is { } root1 && Hash("root2") is { } root2 && MerkleProof.VerifyConsistency(size1, size2, proof, root1, root2);
    }

    private bool Has(string one, string other) => json.TryGetProperty(one, out _) && json.TryGetProperty(other, out _);

    /// <returns>Null for what is no size or index of any tree.</returns>
    private ulong? Number(string property) => json.GetProperty(property) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.TryGetUInt64(out var value) ? value : null,
        _ => throw new FormatException($"{Name}: {property} is not a number."),
    };

    /// <returns>Null when a node is not a SHA-256 value.</returns>
    private List<Hash256>? Proof()
    {
        if (!json.TryGetProperty("proof", out var array) || array.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{Name}: proof is not an array.");
        }

        var nodes = array.EnumerateArray().Select(node => Hash(Bytes(node, "proof"))).ToList();
        return nodes.TrueForAll(node => node is not null) ? nodes.ConvertAll(node => node!.Value) : null;
    }

    private Hash256? Hash(string property) => Hash(Bytes(property));

    private static Hash256? Hash(byte[]? bytes) => bytes is { Length: Hash256.Length } ? new Hash256(bytes) : null;

    private byte[]? Bytes(string property) => json.TryGetProperty(property, out var value) ? Bytes(value, property) : [];

    /// <returns>Null for what is not base64.</returns>
    private byte[]? Bytes(JsonElement value, string property) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.String => value.TryGetBytesFromBase64(out var bytes) ? bytes : null,
        _ => throw new FormatException($"{Name}: {property} is not base64 text."),
    };
}
