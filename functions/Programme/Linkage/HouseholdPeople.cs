namespace TfFlow.Programme.Linkage;

/// <summary>Who is who among the records of one household.</summary>
/// <param name="Persons">For each record, in the order given, the place of its person's first record.</param>
/// <param name="Pairs">Every pair of records by place, with the probability that they are one person. What lies between is for a reviewer.</param>
public sealed record HouseholdPeople(IReadOnlyList<int> Persons, IReadOnlyList<LinkedPair> Pairs);
