using TfFlow.Programme.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary>Who acted, in words.</summary>
internal static class ActorWords
{
    /// <summary>A person in a role, or the program, whose parts have names that nobody needs to know.</summary>
    public static string By(LedgerAct act) =>
        act.Role.Length > 0 ? $"{act.Actor}, {AnswerText.Sentence(act.Role).ToLowerInvariant()}"
        : act.Actor.Length > 1 && char.IsAsciiLetterUpper(act.Actor[0]) && act.Actor.All(char.IsAsciiLetter) ? "the service itself"
        : act.Actor == Lifecycle.Matching.Matchings.Timer ? "the service itself, at night"
        : act.Actor;
}
