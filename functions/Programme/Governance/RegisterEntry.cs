using System.Text.Json.Serialization;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Governance;

/// <summary>One entry of a governance register: ids, days, words of closed lists and the digest of a paper. Names and reasons stay in the
/// paper.</summary>
public sealed record RegisterEntry
{
    public required RegisterKind Kind { get; init; }

    public RegisterState State { get; init; }

    /// <summary>The agreement's id.</summary>
    public string Agreement { get; init; } = "";

    /// <summary>One version of it, by its date.</summary>
    public string Version { get; init; } = "";

    public Id<Exchange> Exchange { get; init; }

    /// <summary>The partner that gives it, or that it is about.</summary>
    public Id<Party> Party { get; init; }

    /// <summary>To whom something may be handed on.</summary>
    public Id<Party> Recipient { get; init; }

    public string Account { get; init; } = "";

    /// <summary>What it covers: a word of its register's list.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Yes or no to each question of a review, in the agreement's order.</summary>
    public IReadOnlyList<bool> Answers { get; init; } = [];

    public RiskLevels? Levels { get; init; }

    /// <summary>The partners that were told in writing.</summary>
    public IReadOnlyList<Id<Party>> Told { get; init; } = [];

    /// <summary>The day a person's security check was passed.</summary>
    public DateOnly? ClearedOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The first day it has effect, where that is not at once.</summary>
    public DateOnly? EffectOn { get; init; }

    /// <summary>The last day on which it stands.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The last day on which it may be looked at again.</summary>
    public DateOnly? ReviewOn { get; init; }

    /// <summary>When it was ended or carried out.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>SHA-256 of the paper it rests on, lower-case hex.</summary>
    public string PaperHash { get; init; } = "";

    [JsonIgnore]
    public RegisterDefinition Definition => RegisterDefinitions.All[Kind];

    /// <summary>When it takes effect.</summary>
    [JsonIgnore]
    public DateTimeOffset EffectAt => EffectOn is { } day ? Begin(day)
        : RecordedAt.AddDays(Definition.NoticeDays).AddMonths(Definition.NoticeMonths);

    /// <summary>The first moment at which its last day is over; null without one.</summary>
    [JsonIgnore]
    public DateTimeOffset? LapsesAt => Until is { } last ? Begin(last.AddDays(1)) : null;

    /// <summary>The first moment at which its review is overdue; null where none is asked for, and once it stands no more.</summary>
    [JsonIgnore]
    public DateTimeOffset? OverdueAt => ReviewOn is { } last && !IsOver ? Begin(last.AddDays(1)) : null;

    /// <summary>It stands no more.</summary>
    [JsonIgnore]
    public bool IsOver => State is RegisterState.Ended or RegisterState.Lapsed or RegisterState.Refused or RegisterState.CarriedOut;

    /// <summary>Access that is granted, and whose last day is not over.</summary>
    public bool LetsIn(DateTimeOffset at) => State is RegisterState.InForce && !(LapsesAt <= at);

    /// <summary>Why an account of the authority's own staff is not let in, for the person; null when it is.</summary>
    /// <param name="access">What the register of access says of the account.</param>
    /// <param name="role">The role it acts in, as the access table has it: <c>KeyWorker</c>.</param>
    /// <param name="asked">Whether an account must stand in the register to be let in.</param>
    /// <param name="at">Now.</param>
    /// <remarks>seeds/001 Data definitions. For who stands in it the register decides, whether it is asked or not.</remarks>
    public static string? AccessRefusal(IReadOnlyCollection<RegisterEntry> access, string role, bool asked, DateTimeOffset at) =>
        access.Count == 0
            ? asked ? "This account does not stand in the register of access. The coordinator asks for it ('tfflow access ask'), authorises it, and the permissions administrator grants it." : null
        : access.Any(entry => entry.LetsIn(at) && entry.Scope.Replace("-", "", StringComparison.Ordinal).Equals(role, StringComparison.OrdinalIgnoreCase)) ? null
        : "This account's access in this role is not granted, is revoked, or has lapsed. The coordinator asks for it anew: 'tfflow access ask'.";

    /// <summary>Whether what a partner sent or was given under an agreement goes with this notice: of a termination everybody's, of a withdrawal that
    /// of who leaves.</summary>
    public bool Takes(string agreement, Id<Party> partner) => agreement == Agreement && (Kind is RegisterKind.Termination || partner == Party);

    /// <summary>As the gate reads it; null for what the gate does not ask.</summary>
    /// <param name="id">The entry's reference: a disclosure names it.</param>
    public AgreementNotice? Notice(string id)
    {
        NoticeKind? kind = Kind switch
        {
            RegisterKind.Withdrawal => NoticeKind.Withdrawal,
            RegisterKind.Termination => NoticeKind.Termination,
            RegisterKind.Review => NoticeKind.Review,
            RegisterKind.TableAgreement => NoticeKind.TableAgreement,
            RegisterKind.AssetApproval => NoticeKind.AssetApproval,
            RegisterKind.NamedPerson => NoticeKind.NamedPerson,
            RegisterKind.OnwardDisclosure => NoticeKind.OnwardDisclosure,
            RegisterKind.ProcessorContract => NoticeKind.ProcessorContract,
            RegisterKind.Order => NoticeKind.Order,
            _ => null,
        };
        AgreementNotice? notice = kind switch
        {
            null => null,
            NoticeKind.Withdrawal => AgreementNotice.Withdraw(Agreement, Party, RecordedAt),
            NoticeKind.Termination => AgreementNotice.Terminate(Agreement, Party, RecordedAt),
            { } of => new(Agreement, of, Party, RecordedAt, null),
        };
        return notice is null ? null : notice with
        {
            From = EffectAt,
            Until = State is RegisterState.CarriedOut ? null : EndedAt ?? LapsesAt,
            Reference = id,
            Version = Version,
            Exchange = Exchange,
            Recipient = Recipient,
            Account = Account,
            Scope = Scope,
            Cleared = ClearedOn is not null,
            Answers = Answers,
            ReviewOn = ReviewOn,
        };
    }

    /// <summary>What stands in the way of recording it.</summary>
    public IReadOnlyList<Obstacle> ToRecord(AgreementCatalogue agreements)
    {
        var source = Definition.Source;
        var today = DateOnly.FromDateTime(RecordedAt.UtcDateTime);
        var signatories = agreements.Signatories(Agreement, today);
        bool Lacks(RegisterNeeds need, bool isThere) => Definition.Needs.HasFlag(need) && !isThere;
        var untold = Definition.Needs.HasFlag(RegisterNeeds.AllTold) ? signatories.Where(party => party != Party).Except(Told).ToList()
            : [];
        return
        [
            .. Obstacle.Unless(
                (!Lacks(RegisterNeeds.Agreement, agreements.Versions.Any(version => version.Id == Agreement)),
                    "an agreement that is there, by its id", source),
                (!Lacks(RegisterNeeds.Version, agreements.Find($"{Agreement}@{Version}") is not null),
                    $"a version of {Agreement} that is there, by its date", source),
                (Exchange == default ? !Definition.Needs.HasFlag(RegisterNeeds.Exchange)
                    : agreements.WithExchange(Exchange, today) is not null, "an exchange that is there", source),
                (!Lacks(RegisterNeeds.Party, IsParty(agreements)), Agreement.Length > 0 ? $"a party of {Agreement}"
                    : "a party of the exchange's agreement", source),
                (!Lacks(RegisterNeeds.Recipient, Recipient != default), "to whom it may be handed on", source),
                (!Lacks(RegisterNeeds.Account, Account.Length > 0), "the account", source),
                (!Lacks(RegisterNeeds.Scope, Definition.Scopes.Contains(Scope)),
                    $"what it covers, one of {string.Join(", ", Definition.Scopes)}", source),
                (!Lacks(RegisterNeeds.Paper, PaperHash.Length > 0), "the paper it rests on", source),
                (!Lacks(RegisterNeeds.Answers, Answers.Count == QuestionsOf(agreements)),
                    $"a yes or no to each of the {QuestionsOf(agreements)} questions of the review", source),
                (!Lacks(RegisterNeeds.Levels, Levels is { AreValid: true }),
                    "likelihood and impact, before and after the countermeasure, each from 1 to 4", source),
                (untold.Count == 0, $"notice in writing to {string.Join(", ", untold)}", source),
                (Notified(RecordedAt), $"{NoticeInWords} before it takes effect", source),
                (ClearedOn is null || ClearedOn <= today, "a security check that is not in the future", source)),
            .. Days(today, agreements),
        ];
    }

    /// <summary>What stands in the way of a step.</summary>
    /// <param name="account">Who takes it.</param>
    /// <param name="takenBy">Who recorded it, and took the steps before.</param>
    public IReadOnlyList<Obstacle> ToTake(RegisterStep step, string account, IReadOnlyList<string> takenBy, DateTimeOffset at,
        AgreementCatalogue agreements, RegisterEntry next) =>
        Definition.After(step, State) is null ? [Obstacle.NotNow(RegisterStates.Where(State))]
        : step is RegisterStep.End && Definition.Transitions == RegisterStates.Notice && EffectAt <= at
            ? [Obstacle.Refusal("Its day has come: it is not taken back any more.", Definition.Source)]
        : [
            .. Obstacle.Unless(
                (step is not RegisterStep.Grant || takenBy.Count == 0 || !Same(takenBy[^1], account),
                    "somebody else than who authorised it", Definition.Source),
                (step is not RegisterStep.Authorise || !Same(Account, account), "somebody else than whose access it is",
                    Definition.Source)),
            .. step is RegisterStep.Review ? next.Days(DateOnly.FromDateTime(at.UtcDateTime), agreements) : [],
        ];

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static DateTimeOffset Begin(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private string NoticeInWords => Definition.NoticeMonths > 0 ? $"at least {Definition.NoticeMonths} months"
        : $"at least {Definition.NoticeDays} days";

    private bool Notified(DateTimeOffset given) => EffectOn is null
        || EffectAt >= given.AddDays(Definition.NoticeDays).AddMonths(Definition.NoticeMonths)
        || Definition is { NoticeDays: 0, NoticeMonths: 0 };

    private bool IsParty(AgreementCatalogue agreements) => agreements.Versions
        .Where(version => Agreement.Length > 0 ? version.Id == Agreement : version.Exchange(Exchange) is not null)
        .Any(version => version.Party(Party) is not null);

    // An agreement that names none is asked those of seeds/001: still necessary, operating as intended, achieving its benefits.
    private int QuestionsOf(AgreementCatalogue agreements) =>
        agreements.Versions.LastOrDefault(version => version.Id == Agreement)?.Review.Questions is { Count: > 0 } questions
            ? questions.Count : 3;

    private IReadOnlyList<Obstacle> Days(DateOnly today, AgreementCatalogue agreements)
    {
        var most = Kind is RegisterKind.Review ? agreements.Versions.LastOrDefault(version => version.Id == Agreement)?.Review.EveryMonths
            ?? Definition.MostMonths : Definition.MostMonths;
        return Obstacle.Unless(
            (!Definition.Needs.HasFlag(RegisterNeeds.Until) || (Until >= today && Until <= today.AddMonths(most)),
                $"its last day, within {most} months", Definition.Source),
            (Until is null || Until >= today, "a last day that is not past", Definition.Source),
            (!Definition.Needs.HasFlag(RegisterNeeds.ReviewOn) || (ReviewOn > today && ReviewOn <= today.AddMonths(most)),
                $"the day it is looked at again, within {most} months", Definition.Source));
    }
}
