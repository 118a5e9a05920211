using System.Text.Json.Serialization;
using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Research.Statistics;

/// <summary>Only what is in one group of a dimension.</summary>
public sealed record StatisticsFilter(string Dimension, string Group);

/// <summary>Which table is wanted.</summary>
/// <param name="Rows">The dimension down.</param>
/// <param name="Columns">The dimension across; empty: a list.</param>
/// <param name="Only">Only what is in all of these groups.</param>
public sealed record StatisticsDefinition(string Subject, string Rows, string Columns, IReadOnlyList<StatisticsFilter> Only)
{
    [JsonIgnore]
    public StatisticsSubject? Found => StatisticsSubject.All.FirstOrDefault(subject => subject.Name == Subject);

    /// <summary>Why there is no such table.</summary>
    public IReadOnlyList<Obstacle> Obstacles() => Found is not { } subject
        ? [Obstacle.Refusal($"There is nothing of that name to count. There are: {string.Join(", ", StatisticsSubject.All.Select(known => known.Name))}.", "ours")]
        : [.. Only.Select(filter => filter.Dimension).Append(Rows).Concat(Columns.Length > 0 ? [Columns] : [])
            .Where(name => subject.Dimensions.All(dimension => dimension.Name != name)).Take(1)
            .Select(_ =>
                Obstacle.Refusal($"{subject.Name} are not grouped so. They are by: {string.Join(", ", subject.Dimensions.Select(dimension => dimension.Name))}.", "ours")),
            .. Rows == Columns ? [Obstacle.Refusal("Rows and columns are two dimensions: name another, or none, for the columns.", "ours")]
                : Array.Empty<Obstacle>()];

    /// <summary>In words, for the table's context.</summary>
    public string InWords() =>
        $"{Found?.What}, by {Rows}{(Columns.Length > 0 ? $" and {Columns}" : "")}{string.Concat(Only.Select(filter => $", only {filter.Dimension} {filter.Group}"))}";
}
