using TfFlow.Lifecycle.Disclosures;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Records meetings of the Team around the Family: who attended, and what of which kind was shared with whom.</summary>
/// <remarks>docs/cases.md. seeds/002 §4.3.2, App B row 18.</remarks>
public sealed class CaseMeetings(Registers registers, CaseBook book, AgreementCatalogue agreements, Tellings tellings)
{
    /// <param name="exchange">Under which it was shared: one that is told face to face and names no partner.</param>
    /// <param name="meeting">Its reference is given here.</param>
    public async Task<Answer<Case>> HoldAsync(
        CaseCaller by, string id, Id<Exchange> exchange, TeamMeeting meeting, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        if (agreements.WithExchange(exchange, meeting.On) is not { } agreement)
        {
            return new(current.Row, [new("the exchange under which it was shared, as an agreement names it", "seeds/002 App B row 18")]);
        }

        if (TeamMeetingRules.ToHold(current.Row.Family, meeting, [.. agreements.Signatories(agreement.Id, meeting.On).Texts()], book.Today) is { Count: > 0 } obstacles)
        {
            return new(current.Row, obstacles);
        }

        // Each is checked before anything is recorded: what one may not be told was told to nobody here.
        var told = new List<CheckedTelling>();
        foreach (var shared in meeting.Shared)
        {
            var (telling, refused) = await tellings.CheckAsync(TellingOf(id, exchange, meeting, shared), cancellationToken);
            if (telling is null)
            {
                return new(current.Row, refused);
            }

            told.Add(telling);
        }

        var held = meeting with { Reference = Reference.New(), By = by.Account };
        var act = by.Act(current.Row, "case.hold-meeting") with
        {
            Agreement = agreement.Id,
            AgreementVersion = agreement.Version,
            Exchange = exchange,
            Count = meeting.Parties.Count + meeting.Guests.Count,
            References = [id, held.Reference, .. meeting.Parties, .. meeting.Guests.SelectMany(guest => new[] { guest.Organisation, guest.PaperSha256 })],
        };
        var changed = await book.PerformAsync(
            current,
            act,
            async (before, token) =>
            {
                foreach (var telling in told)
                {
                    await tellings.PerformAsync(by, telling, token);
                }

                return await book.ChangeAsync(before, act, before.Row with { Meetings = [.. before.Row.Meetings, held] }, token);
            },
            cancellationToken);
        return new(changed.Row, []);
    }

    private static Telling TellingOf(string id, Id<Exchange> exchange, TeamMeeting meeting, SharedAtMeeting shared) => new(
        exchange,
        [.. shared.With.Where(meeting.Parties.Contains)],
        Attendees: 0,
        ConfidentialityAgreed: true,
        Means.FaceToFace,
        shared.Kind,
        [id],
        meeting.On)
    {
        Guests = [.. shared.With.Where(with => meeting.Guests.Any(guest => guest.Organisation == with))],
    };
}
