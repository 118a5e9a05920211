using TfFlow.Programme.Cases;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Programme.Tests.Cases;

/// <summary>Families that have everything the rules ask; a test takes one thing away.</summary>
internal static class Families
{
    public static readonly DateOnly Today = new(2015, 6, 1);

    public static readonly LegalDuty Duty = new("Children Act 1989 s47", "a child is thought to suffer significant harm", "coordinator-1", new(2014, 3, 1));

    public static readonly LoneWorkerRisk Risk = new(new(2014, 2, 9), "police", "coordinator-1", new(2014, 2, 10));

    public static FamilyCase In(FamilyCaseState state) => new()
    {
        Id = "c1",
        State = state,
        Involved = ["p1", "p2"],
        Assessment = new(new(2014, 2, 1), "coordinator-1", MultiAgency: true),
        PackOn = new(2014, 2, 10),
        Suitability = new(new(2014, 2, 12), "coordinator-1", LoneWorkerConsidered: true, Suitable: true),
        InvitedOn = new(2014, 2, 14),
        Consents = [Given("p1"), Given("p2")],
        KeyWorker = "key-worker-1",
        EndedOn = new(2014, 5, 1),
        Outcome = OutcomeResult.Progress,
        Review = new(new(2015, 5, 30), "coordinator-1", FurtherRisk: false),
    };

    public static Consent Given(string person) => new(person, ConsentState.Given, "notice 3", new(2014, 2, 14), new(2014, 2, 20), person, VictimInformation: false);

    public static Consent Withdrawn(string person) => Given(person) with { State = ConsentState.Withdrawn };
}
