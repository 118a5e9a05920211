using TfFlow.Lifecycle.Proof;

namespace TfFlow.Lifecycle;

/// <summary>What the documents of an outbox are, by their names.</summary>
public static class OutboxNames
{
    // An act's id begins with the act: receipts/extract.seal.ID.txt.
    private static readonly (string Begins, string Words)[] Kinds =
    [
        (Checkpoints.ReceiptFolder + "extract.seal.", "THE RECEIPT of your file: it was taken in, or refused; holds the SHA-256 of the file as you have it"),
        (Checkpoints.ReceiptFolder + "drop.remove.", "receipt: the sealed drop was removed from where it lay; holds its SHA-256"),
        (Checkpoints.ReceiptFolder + "drop.claim.", "receipt: the drop was claimed for intake"),
        (Checkpoints.ReceiptFolder + "drop.put.", "receipt: the sealed file was put by a browser; holds its SHA-256"),
        (Checkpoints.ReceiptFolder + "grant.", "receipt: leave to drop was given or refused"),
        (Checkpoints.ReceiptFolder + "extract.erase.", "receipt: what came of the file was erased"),
        (Checkpoints.ReceiptFolder, "receipt of another act"),
        ("reports/", "report: what was found"),
        ("certificates/", "certificate: erased, verified"),
        ("reminders/", "reminder: a file that is expected"),
        ("escalations/", "an instruction that waits too long"),
        ("breaches/", "notice of a breach"),
        ("governance/", "a notice that a partner leaves, that an agreement ends, or of a security need"),
        ("requests/", "a person's request about their data"),
        ("notices/", "a version of the privacy notice: a page to publish and to print"),
        ("questions/", "a question about records you sent: 'tfflow question answer' answers it"),
        ("given/", "notice of a file that is given: to whom, how it is opened, until when it lies here"),
        ("household-key/", "notice of the secret by which you name households"),
        ("markers/", "an instruction about markers, without names"),
        ("claims/", "a claim for payment by results with its evidence, or a return of claims; names nobody"),
        ("ledger/", "the newest signed checkpoint, which receipts are checked against"),
    ];

    public static string Report(string extract) => $"reports/{extract}.json";

    /// <summary>The receipt that a sender keeps: of the act that took the file in.</summary>
    public static string Receipt(string extract) => $"{Checkpoints.ReceiptFolder}extract.seal.{extract}.txt";

    public static string Words(string name) => name.EndsWith(".sealed", StringComparison.Ordinal)
        ? name.StartsWith("given/", StringComparison.Ordinal)
            ? "sealed to the party its notice names, who opens it with 'tfflow key open'; if that is not you, send it on as agreed"
            : "sealed to your key: 'tfflow key open' opens it"
        : Kinds.FirstOrDefault(kind => name.StartsWith(kind.Begins, StringComparison.Ordinal)).Words ?? "";
}
