using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Retention;

/// <summary>A point in the life of what was received, at which the agreement says how long it stays.</summary>
public enum RetentionPoint
{
    /// <summary>An extract was accepted.</summary>
    Arrived = 1,

    /// <summary>Matching ended, and the family does not meet the criteria.</summary>
    DoesNotMeet,

    /// <summary>The family is in the cohort, supported, or was.</summary>
    OnProgramme,

    /// <summary>The family was assessed and did not take part.</summary>
    DidNotTakePart,

    /// <summary>Nothing is left but the fact that someone belongs to a family of the programme.</summary>
    MarkerAlone,
}

/// <summary>How long what came under one exchange is kept, by the agreement's own lines and by nothing else.</summary>
/// <param name="provider">The partner that sent it.</param>
/// <param name="holder">The party that holds it.</param>
public sealed class RetentionSchedule(Agreement agreement, Exchange exchange, Id<Party> provider, Id<Party> holder)
{
    /// <returns>The line that rules at this point, and when it makes the data due; <c>null</c> when the agreement has no line.</returns>
    public RetentionTerm? At(RetentionPoint point, RetentionClocks clocks) => point switch
    {
        RetentionPoint.Arrived => Arrived(clocks),
        RetentionPoint.DoesNotMeet => Of(RetentionClass.NotMeeting, clocks),
        RetentionPoint.OnProgramme => Of(RetentionClass.OnProgramme, clocks),
        RetentionPoint.DidNotTakePart => Of(RetentionClass.ComparisonGroup, clocks) ?? Of(RetentionClass.OnProgramme, clocks),
        RetentionPoint.MarkerAlone => Of(RetentionClass.BareMarker, clocks),
        _ => throw new ArgumentOutOfRangeException(nameof(point)),
    };

    /// <returns>The classes that what came comes to by its uses, each with the line that rules it: <c>null</c> where the agreement has none. A class that
    /// is not needed is there where it has a line.</returns>
    public IEnumerable<(RetentionClass Class, RetentionTerm? Line)> Classes(RetentionClocks clocks)
    {
        RetentionClass[] needed =
            exchange.Uses.Contains(Use.Research) ? [RetentionClass.Study]
            : exchange.Uses.Contains(Use.Profiling) ? [RetentionClass.Processor]
            : exchange.Uses.Contains(Use.Identification) && provider != holder
                ? [RetentionClass.Unmatched, RetentionClass.NotMeeting, RetentionClass.OnProgramme]
            : Of(RetentionClass.OnProgramme, clocks) is null && Of(RetentionClass.BareMarker, clocks) is not null ? []
            : [RetentionClass.OnProgramme];
        return needed.Select(about => (about, Of(about, clocks)))
            .Concat(Enum.GetValues<RetentionClass>().Except(needed).Select(about => (about, Of(about, clocks))).Where(pair => pair.Item2 is not null));
    }

    // By use. What identifies waits for matching, and the authority's own records outlive it; what is for the families' support or outcomes is theirs.
    private RetentionTerm? Arrived(RetentionClocks clocks) =>
        exchange.Uses.Contains(Use.Research) ? Of(RetentionClass.Study, clocks.Or(ClockEvent.SentToStudy, clocks[ClockEvent.Received]))
        : exchange.Uses.Contains(Use.Profiling) ? Of(RetentionClass.Processor, clocks)
        : exchange.Uses.Contains(Use.Identification) ? Of(RetentionClass.Unmatched, clocks) ?? (provider == holder ? Of(RetentionClass.OnProgramme, clocks) : null)
        : Of(RetentionClass.OnProgramme, clocks) ?? Of(RetentionClass.BareMarker, clocks);

    // Of several lines the first that is due decides.
    private RetentionTerm? Of(RetentionClass about, RetentionClocks clocks)
    {
        var rules = agreement.Retention.Where(rule => rule.Class == about && exchange.Retention.Contains(rule.Id)).ToList();
        var agreed = rules.Where(rule => rule.AgreedWith == provider).ToList();
        return (agreed.Count > 0 ? agreed : rules.Where(rule => rule.AgreedWith is null))
            .Select(rule => new RetentionTerm(agreement.Name, exchange.Id, rule, Known(clocks, rule.Period)[rule.Clock] is { } start ? rule.Due(start) : null))
            .OrderBy(term => term.Due ?? DateTimeOffset.MaxValue)
            .FirstOrDefault();
    }

    // Unless it is known otherwise, the programme and the processing last as long as the agreement.
    private RetentionClocks Known(RetentionClocks clocks, RetentionPeriod period) =>
        clocks.Or(ClockEvent.ProgrammeEnded, End(period)).Or(ClockEvent.ProcessingEnded, End(period));

    // Its last day is the day of the event, from which a period counts. What goes at once goes when that day is over.
    private DateTimeOffset? End(RetentionPeriod period) =>
        agreement.Ends is { } last ? new DateTimeOffset(period.IsZero ? last.AddDays(1) : last, TimeOnly.MinValue, TimeSpan.Zero) : null;
}

/// <summary>A line of an agreement that says how long something is kept, applied to it.</summary>
/// <param name="Agreement">Id and version.</param>
/// <param name="Due">When it is to be erased; <c>null</c> while the event it is counted from has not happened.</param>
public sealed record RetentionTerm(string Agreement, Id<Exchange> Exchange, RetentionRule Rule, DateTimeOffset? Due)
{
    /// <summary>What a certificate quotes: the agreement, the exchange, and its line.</summary>
    public string Quote => $"{Agreement}, {Exchange}, {Rule}";
}
