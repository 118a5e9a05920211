namespace TfFlow.Programme.Governance;

/// <summary>Where an entry of a governance register stands. Which of the moves a register has, its <see cref="RegisterDefinition"/>
/// says.</summary>
public enum RegisterState
{
    /// <summary>Written down: an approval stands from now on, a notice waits for its day, a request for access waits for who
    /// decides.</summary>
    Recorded,

    /// <summary>Authorised, and not administered yet.</summary>
    Authorised,

    /// <summary>Administered: it may be used.</summary>
    InForce,

    /// <summary>Its day came, and what follows from it was done.</summary>
    CarriedOut,

    /// <summary>Taken back by who may.</summary>
    Ended,

    /// <summary>Its last day is over.</summary>
    Lapsed,

    Refused,
}

/// <summary>What people do with an entry once it is recorded.</summary>
public enum RegisterStep
{
    /// <summary>Says yes to what was asked.</summary>
    Authorise = 1,

    /// <summary>Sets up what was authorised.</summary>
    Grant,

    /// <summary>Says no to what was asked.</summary>
    Refuse,

    /// <summary>Looks again, and has it stand until another day.</summary>
    Review,

    /// <summary>Takes it back.</summary>
    End,
}

public static class RegisterStates
{
    /// <summary>Stands once it is recorded, until it is ended or its last day is over.</summary>
    public static TransitionTable<RegisterState> Standing { get; } = new(
        RegisterState.Recorded,
        (RegisterState.Recorded, RegisterState.Ended),
        (RegisterState.Recorded, RegisterState.Lapsed));

    /// <summary>Takes effect on its day; until then it can be taken back.</summary>
    public static TransitionTable<RegisterState> Notice { get; } = new(
        RegisterState.Recorded,
        (RegisterState.Recorded, RegisterState.Ended),
        (RegisterState.Recorded, RegisterState.CarriedOut));

    /// <summary>Asked, authorised by one, administered by another.</summary>
    public static TransitionTable<RegisterState> Access { get; } = new(
        RegisterState.Recorded,
        (RegisterState.Recorded, RegisterState.Authorised),
        (RegisterState.Recorded, RegisterState.Refused),
        (RegisterState.Recorded, RegisterState.Lapsed),
        (RegisterState.Authorised, RegisterState.InForce),
        (RegisterState.Authorised, RegisterState.Refused),
        (RegisterState.Authorised, RegisterState.Lapsed),
        (RegisterState.InForce, RegisterState.Ended),
        (RegisterState.InForce, RegisterState.Lapsed));

    /// <summary>Every move that some register has: the store allows no other.</summary>
    public static TransitionTable<RegisterState> Transitions { get; } = new(
        RegisterState.Recorded,
        [
            .. Enum.GetValues<RegisterState>()
                .SelectMany(state => Enum.GetValues<RegisterState>().Select(to => (state, to)))
                .Where(move => new[] { Standing, Notice, Access }.Any(table => table.Allows(move.state, move.to))),
        ]);

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(RegisterState state) => state switch
    {
        RegisterState.Recorded => "the entry is recorded. It can be reviewed or ended; a request for access is authorised or refused next.",
        RegisterState.Authorised => "access is authorised. Next the permissions administrator grants it.",
        RegisterState.InForce => "access is granted. It can be reviewed or revoked.",
        RegisterState.CarriedOut => "its day has come, and what follows from it was done. A new agreement is needed to share again.",
        RegisterState.Ended => "the entry is ended already. Record a new one.",
        RegisterState.Lapsed => "the entry's last day is over. Record a new one.",
        _ => "it was refused. Record a new one.",
    };
}
