namespace TfFlow.Linkage;

/// <summary>The distinct values of a linkage, shared by its files.</summary>
internal sealed class Vocabulary
{
    public NameBook Names { get; } = new();

    /// <summary>The packed date from which on people are children: eighteen years before the youngest of the files were born.</summary>
    public uint ChildrenFrom { get; set; } = uint.MaxValue;

    /// <summary>Streets, houses, towns: folded text.</summary>
    public TextPool<char> Places { get; } = new();

    /// <summary>Postcodes.</summary>
    public TextPool<char> Postcodes { get; } = new();

    /// <summary>Phones, emails and identifiers.</summary>
    public TextPool<char> Codes { get; } = new();
}
