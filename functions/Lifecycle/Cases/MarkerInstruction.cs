using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>One instruction to the police, from its order to their confirmation. The people it names are in the sealed file alone.</summary>
public sealed record MarkerInstruction : IRegisterRow<MarkerChangeState>
{
    public required string Id { get; init; }

    public required MarkerChange Change { get; init; }

    [JsonIgnore]
    public MarkerChangeState State => Change.State;

    public required Id<Party> Authority { get; init; }

    /// <summary>The force that is told.</summary>
    public required Id<Party> Police { get; init; }

    public required Id<Exchange> Exchange { get; init; }

    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>Under which agreement it was sent; empty before.</summary>
    public string Agreement { get; init; } = "";

    public string AgreementVersion { get; init; } = "";

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>An unsent one is due at once; a sent one when it is to be chased or escalated.</summary>
    public DateTimeOffset? DueAt => State is MarkerChangeState.Instructed ? OrderedAt : MarkerRules.Next(Change, new())?.At;

    /// <summary>The sealed file, in the outbox of the police while the instruction is open.</summary>
    [JsonIgnore]
    public string FileName => $"markers/{Id}.sealed";

    /// <summary>Beside the file: what is asked, without a name.</summary>
    [JsonIgnore]
    public string NoticeName => $"markers/{Id}.json";

    [JsonIgnore]
    public bool IsOpen => State is not (MarkerChangeState.Confirmed or MarkerChangeState.Overtaken);

    /// <summary>An act on this instruction: one of each kind in its life.</summary>
    public LedgerAct Act(string act, string actor) => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Agency = Police,
        Agreement = Agreement,
        AgreementVersion = AgreementVersion,
        Exchange = Exchange,
        References = [Id, Change.CaseId],
    };
}

/// <param name="InstructionId">The instruction's row in the register.</param>
public sealed record MarkerReference(string InstructionId);

/// <summary>What the police are told beside the sealed file.</summary>
/// <param name="Asked">How often it was asked for: 1 when sent, 2 when chased, 3 when escalated.</param>
/// <param name="File">The sealed file, in the same outbox.</param>
public sealed record MarkerNotice(string Instruction, MarkerAction Action, int Asked, DateTimeOffset SentAt, string File, string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"An instruction to {(Action is MarkerAction.Set ? "set a marker" : "take a marker off")} was sent on {SentAt.InWords()} (instruction {Instruction}).",
        .. Asked > 1 ? [$"This is the {(Asked == 2 ? "second" : "third")} time it is asked for."] : Array.Empty<string>(),
        Words,
        $"The sealed file is {File}.",
    ];
}
