using System.Text.Json.Nodes;
using TfFlow.Api.Endpoints;

namespace TfFlow.Cli.Commands;

/// <summary>What a reference is of, and which lists of the API have such things.</summary>
/// <param name="Noun">For people: <c>case</c>.</param>
/// <param name="Lists">Paths that answer with rows, each with its id.</param>
internal sealed record ReferenceKind(string Noun, params string[] Lists)
{
    public static ReferenceKind Case { get; } = new("case", "/cases");

    public static ReferenceKind Claim { get; } = new("claim", "/claims");

    public static ReferenceKind Family { get; } = new("family", "/matching/cohort");

    /// <summary>A family in the cohort, or with a case: one that does not take part too.</summary>
    public static ReferenceKind Kept { get; } = new("family", "/matching/cohort", "/cases");

    public static ReferenceKind Objection { get; } = new("objection", "/objections");

    public static ReferenceKind Review { get; } = new("family", "/matching/reviews", "/matching/cohort");

    public static ReferenceKind Extract { get; } = new("extract", "/extracts");

    public static ReferenceKind Question { get; } = new("question", "/questions");

    public static ReferenceKind Round { get; } = new("round", "/matching");

    public static ReferenceKind Study { get; } = new("round of the study", "/studies");

    public static ReferenceKind Marker(string agency) => new("instruction", $"/agencies/{ApiCalls.Segment(agency)}/markers");
}

/// <summary>A reference may be typed by its beginning, as long as that tells it from the others.</summary>
internal static class References
{
    /// <param name="known">References that it can be.</param>
    /// <param name="noun">What they are of.</param>
    /// <returns>The one that begins so; where none does, what was typed: whoever is asked for it says that there is none.</returns>
    /// <exception cref="CommandException">It fits several, or nothing was typed.</exception>
    public static string Full(string typed, IEnumerable<string> known, string noun)
    {
        if (typed.Length == 0)
        {
            throw new CommandException(ExitCode.Usage, $"Say which {noun}: its reference, or how that begins.");
        }

        var fitting = known.Where(reference => reference.StartsWith(typed, StringComparison.Ordinal)).Distinct().ToList();
        return fitting.Contains(typed) ? typed
            : fitting is [var one] ? one
            : fitting.Count == 0 ? typed
            : throw new CommandException(ExitCode.Usage, $"'{typed}' fits {fitting.Count} references of {Article(noun)} {noun}: type more of it.");
    }

    private static string Article(string noun) => "aeiou".Contains(noun[0], StringComparison.Ordinal) ? "an" : "a";

    /// <summary>Asks the API what begins so. A whole reference is taken as it is.</summary>
    /// <exception cref="CommandException">It fits several, or nothing was typed.</exception>
    public static async Task<string> FullAsync(this ApiClient api, ReferenceKind kind, string typed, CancellationToken cancellationToken)
    {
        if (Lifecycle.Reference.IsOne(typed))
        {
            return typed;
        }

        var known = new List<string>();
        foreach (var list in kind.Lists)
        {
            try
            {
                var rows = await api.GetAsync<JsonArray>(list, cancellationToken);
                known.AddRange(rows.Select(row => row?["id"]?.GetValue<string>()).OfType<string>());
            }
            catch (CommandException e) when (e.ExitCode == ExitCode.Refused)
            {
                // Who may not list may still be answered: by the endpoint that is asked next, in its own words.
            }
        }

        return Full(typed, known, kind.Noun);
    }

    /// <summary>A member of a family with a case, who may be typed by any of their references.</summary>
    /// <param name="path">Of the case.</param>
    public static async Task<string> MemberAsync(this ApiClient api, string path, string typed, CancellationToken cancellationToken)
    {
        if (Lifecycle.Reference.IsOne(typed))
        {
            return typed;
        }

        try
        {
            var view = await api.GetAsync<CaseView>(path, cancellationToken);
            return Full(typed, [.. view.Involved, .. view.Pairs.SelectMany(pair => (string[])[pair.One, pair.Other])], "member");
        }
        catch (CommandException e) when (e.ExitCode == ExitCode.Refused)
        {
            // Without a case nothing lists who they are: whoever is asked next says whether there is such a member.
            return typed;
        }
    }

    /// <summary>The same for several.</summary>
    public static async Task<string[]> FullAsync(
        this ApiClient api, ReferenceKind kind, IEnumerable<string> typed, CancellationToken cancellationToken)
    {
        var full = new List<string>();
        foreach (var one in typed)
        {
            full.Add(await api.FullAsync(kind, one, cancellationToken));
        }

        return [.. full];
    }
}
