using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Cases;

/// <summary>Somebody at a meeting whose organisation has not signed the agreement.</summary>
/// <param name="Organisation">As an id: the organisation, never a person.</param>
/// <param name="SignedOn">When it signed the joint action group's confidentiality agreement.</param>
/// <param name="PaperSha256">Of that paper, lower-case hex; empty: there is none.</param>
public sealed record MeetingGuest(string Organisation, DateOnly SignedOn, string PaperSha256);

/// <summary>What kind of thing was shared at a meeting, and with whom. What was said is recorded nowhere.</summary>
/// <param name="With">Of those who attended.</param>
public sealed record SharedAtMeeting(InformationKind Kind, IReadOnlyList<string> With);

/// <summary>A meeting of the Team around the Family.</summary>
/// <param name="Reference">Opaque.</param>
/// <param name="By">The account that recorded it.</param>
/// <param name="Parties">Those who attended and have signed the agreement.</param>
/// <param name="Shared">Empty where nothing was.</param>
public sealed record TeamMeeting(
    string Reference, DateOnly On, string By, IReadOnlyList<string> Parties, IReadOnlyList<MeetingGuest> Guests, IReadOnlyList<SharedAtMeeting> Shared);

/// <summary>Who sits at a meeting of the Team around the Family.</summary>
/// <remarks>seeds/002 §4.3.2: "partners not currently signed up to this ISA, but who will attend Team around the Family meetings, will
/// exchange
/// information under a confidentiality agreement already in use for similar joint action group (JAG) activity".</remarks>
public static class TeamMeetingRules
{
    private const string Source = "seeds/002 §4.3.2";

    /// <param name="signatories">Who has signed the agreement by the day of the meeting.</param>
    /// <returns>What stands in the way of recording the meeting; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToHold(FamilyCase family, TeamMeeting meeting, IReadOnlyCollection<string> signatories, DateOnly today)
    {
        var strangers = meeting.Parties.Except(signatories).ToList();
        var unbound = meeting.Guests.Where(guest => guest.PaperSha256.Length == 0 || guest.SignedOn > meeting.On).Select(guest => guest.Organisation).ToList();
        string[] attended = [.. meeting.Parties, .. meeting.Guests.Select(guest => guest.Organisation)];
        return Obstacle.Unless(
            (family.State is FamilyCaseState.Supported && family.Basis is not SupportBasis.None,
                "a family that a key worker supports on a standing basis: the key worker brings the team together",
                Source),
            (meeting.On <= today, "a day that is not to come", "ours"),
            (attended.Length > 0, "who attended, by organisation", Source),
            (attended.Distinct(StringComparer.Ordinal).Count() == attended.Length, "each organisation once", "ours"),
            (strangers.Count == 0,
                $"a seat as a guest for {string.Join(", ", strangers)}: who has not signed the agreement attends under the joint action group's confidentiality agreement",
                Source),
            (meeting.Guests.All(guest => DocumentMap.IsId(guest.Organisation)), "the organisation of each guest as an id: lower-case letters, digits and hyphens", "ours"),
            (!meeting.Guests.Any(guest => signatories.Contains(guest.Organisation)), "guests that have not signed the agreement: who has is a party", Source),
            (unbound.Count == 0,
                $"the joint action group's confidentiality agreement of {string.Join(", ", unbound)}, signed by the day of the meeting: its paper and date",
                Source),
            (meeting.Shared.All(shared => Enum.IsDefined(shared.Kind) && shared.With.Count > 0 && shared.With.All(attended.Contains)),
                "what was shared, of what kind and with which of those who attended",
                Source));
    }
}
