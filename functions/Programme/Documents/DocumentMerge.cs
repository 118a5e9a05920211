namespace TfFlow.Programme.Documents;

/// <summary>Lays an amending document over the one it amends: mappings key by key, lists of things that have an <c>id</c> thing by thing, all else replaced.</summary>
internal static class DocumentMerge
{
    public static DocumentMap Apply(DocumentMap under, DocumentMap over)
    {
        var children = new Dictionary<string, DocumentNode>(under.Children, StringComparer.Ordinal);
        foreach (var (key, node) in over.Children)
        {
            children[key] = children.TryGetValue(key, out var below) ? Apply(below, node) : node;
        }

        return new DocumentMap(over.File, over.Line, children) { Faults = over.Faults };
    }

    private static DocumentNode Apply(DocumentNode under, DocumentNode over) => (under, over) switch
    {
        (DocumentMap below, DocumentMap above) => Apply(below, above),
        (DocumentList below, DocumentList above) when HaveIds(below) && HaveIds(above) => Apply(below, above),
        _ => over,
    };

    private static DocumentList Apply(DocumentList under, DocumentList over)
    {
        var items = under.Items.ToList();
        foreach (var item in over.Items)
        {
            var at = items.FindIndex(below => Id(below) == Id(item));
            if (at >= 0)
            {
                items[at] = Apply(items[at], item);
            }
            else
            {
                items.Add(item);
            }
        }

        return new DocumentList(over.File, over.Line, items);
    }

    private static bool HaveIds(DocumentList list) => list.Items.Count > 0 && list.Items.All(item => Id(item) is not null);

    private static string? Id(DocumentNode node) =>
        node is DocumentMap map && map.Children.GetValueOrDefault("id") is DocumentScalar { Text.Length: > 0 } id ? id.Text : null;
}
