namespace TfFlow.Programme.Governance;

/// <summary>What an entry of a register must say.</summary>
[Flags]
public enum RegisterNeeds
{
    None = 0,
    Agreement = 1,
    Version = 2,
    Exchange = 4,

    /// <summary>The partner that gives it, or that it is about.</summary>
    Party = 8,
    Recipient = 16,
    Account = 32,
    Scope = 64,

    /// <summary>The paper it rests on, by its SHA-256.</summary>
    Paper = 128,

    /// <summary>Its last day.</summary>
    Until = 256,

    /// <summary>The day on which it is looked at again.</summary>
    ReviewOn = 512,

    /// <summary>Every other signatory was told, in writing.</summary>
    AllTold = 1024,

    /// <summary>An answer to each question of the agreement's review.</summary>
    Answers = 2048,

    /// <summary>Likelihood and impact, before and after the countermeasure.</summary>
    Levels = 4096,
}

/// <summary>One register: what its entries say, how they move, who may, and what follows. <see cref="RegisterDefinitions"/> has one for
/// each kind.</summary>
/// <param name="What">What an entry is, for people: "an Information Asset Owner's approval".</param>
/// <param name="Source">The line that asks for it, or <c>ours</c>.</param>
/// <param name="Consequence">What the gate or the sweep does by it; or that it is only recorded.</param>
public sealed record RegisterDefinition(RegisterKind Kind, string What, RegisterNeeds Needs, string Source, string Consequence)
{
    public TransitionTable<RegisterState> Transitions { get; init; } = RegisterStates.Standing;

    /// <summary>What an entry may cover, one of these words; empty where it covers all there is.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The roles that record an entry, review it and end it.</summary>
    public IReadOnlyList<string> RecordedBy { get; init; } = [RegisterDefinitions.InformationGovernance];

    /// <summary>The roles that take a step, where others take it than record.</summary>
    public IReadOnlyDictionary<RegisterStep, IReadOnlyList<string>> StepBy { get; init; } = new Dictionary<RegisterStep,
        IReadOnlyList<string>>();

    /// <summary>Months that an entry stands at most, and between two looks at it. Ours, where no line says so.</summary>
    public int MostMonths { get; init; } = 12;

    /// <summary>Days between the notice and the day it takes effect, at least.</summary>
    public int NoticeDays { get; init; }

    /// <summary>Months between the notice and the day it takes effect, at least.</summary>
    public int NoticeMonths { get; init; }

    /// <summary>Whether a role may record an entry.</summary>
    public bool MayRecord(string role) => RecordedBy.Contains(role);

    /// <summary>Whether a role may take a step.</summary>
    public bool MayTake(RegisterStep step, string role) => StepBy.GetValueOrDefault(step, RecordedBy).Contains(role);

    /// <summary>Where a step leads; null where the register has no such step. A review leaves an entry where it is.</summary>
    public RegisterState? After(RegisterStep step, RegisterState from)
    {
        RegisterState? to = step switch
        {
            RegisterStep.Authorise => RegisterState.Authorised,
            RegisterStep.Grant => RegisterState.InForce,
            RegisterStep.Refuse => RegisterState.Refused,
            RegisterStep.End => RegisterState.Ended,
            RegisterStep.Review => from,
            _ => null,
        };
        return to is { } state && (step is RegisterStep.Review ? IsReviewed(from) : Transitions.Allows(from, state)) ? state : null;
    }

    // What has a last day or a day of review is looked at again while it stands.
    private bool IsReviewed(RegisterState from) =>
        (Needs & (RegisterNeeds.Until | RegisterNeeds.ReviewOn)) != 0
        && (from is RegisterState.InForce || (from is RegisterState.Recorded && Transitions != RegisterStates.Access));
}
