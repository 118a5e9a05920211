namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A row about a victim or witness is accepted only where the agreement takes them and the row says consent was specifically sought.</summary>
/// <remarks>seeds/000 §3.1; seeds/001 Consent.</remarks>
public sealed class SubjectRule(int subject, int consent, bool asked) : RowRule(asked ? NeverAccepted.ConsentNotSought : NeverAccepted.VictimOrWitness, subject, consent)
{
    public override bool Holds(ExtractRow row, ExtractReadOptions options) =>
        !(row[subject].SequenceEqual("victim"u8) || row[subject].SequenceEqual("witness"u8))
        || (asked
            ? !options.VictimsAndWitnessesWithConsent || row[consent].SequenceEqual("yes"u8)
            : options.VictimsAndWitnessesWithConsent);
}
