using System.Globalization;
using System.Text.Json;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Puts an instruction into the outbox of the police: a file of the <c>markers</c> dataset, sealed to their own key.</summary>
/// <remarks>seeds/001 Description of intended data. It names people as they named themselves on the signed forms.</remarks>
public sealed class SendInstruction(Registers registers, Markers markers, Recipients recipients, SealedDocuments documents, Outbox outbox, Acts acts, TimeProvider time)
{
    /// <returns>False when it may not go out now, or never will.</returns>
    public async Task<bool> RunAsync(MarkerReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Markers.GetAsync(input.InstructionId, cancellationToken);
        if (!current.Row.IsOpen)
        {
            await markers.RemoveLeftAsync(current.Row, cancellationToken);
            return false;
        }

        var row = (await registers.Cases.GetAsync(current.Row.Change.CaseId, cancellationToken)).Row;
        var decision = await markers.CheckAsync(row, current.Row.Change.Action, current.Row.Exchange, current.Row.Police, cancellationToken);
        if (decision.Grant is not { } grant || (current.Row.Change.Action is MarkerAction.Set && MarkerRules.MustGo(row.Family)))
        {
            return false;
        }

        var act = current.Row.Act("marker.send", nameof(MarkerChangeOrchestration)) with
        {
            Agreement = grant.Agreement,
            AgreementVersion = grant.Version,
            Basis = grant.Basis,
            Purpose = grant.Purpose,
            Count = row.ByPerson.Forms.Count,
        };
        await acts.PerformAsync(act, token => SendAsync(current, row, grant, token), cancellationToken);
        return true;
    }

    private async Task<ActResult> SendAsync(Registered<MarkerInstruction> current, Case row, DisclosureGrant grant, CancellationToken cancellationToken)
    {
        // The row says first that they may know: what is overtaken from here on is taken off again.
        if (current.Row.Change.SentAt is null)
        {
            current = await registers.Markers.ChangeAsync(
                current,
                current.Row with { Change = current.Row.Change with { SentAt = time.GetUtcNow() }, Agreement = grant.Agreement, AgreementVersion = grant.Version },
                cancellationToken);
        }

        var instruction = current.Row;
        var content = await WriteAsync(instruction, row, cancellationToken);
        try
        {
            var file = await recipients.SealAsync(grant, instruction.Id, content, cancellationToken);
            await outbox.DiscloseAsync(grant, instruction.FileName, file, cancellationToken);
            await outbox.PutAsync(grant.To, instruction.NoticeName, MarkerNotices.Of(instruction, asked: 1), cancellationToken);

            // Overtaken meanwhile: whoever comes last removes the file.
            current = await registers.Markers.GetAsync(instruction.Id, cancellationToken);
            if (!current.Row.IsOpen)
            {
                await markers.RemoveFileAsync(instruction, cancellationToken);
                return new ActResult { Result = "marker.overtaken" };
            }

            // And last that it lies there: a run that is cut short before is taken up again.
            if (current.Row.State is MarkerChangeState.Instructed)
            {
                await registers.Markers.ChangeAsync(current, current.Row with { Change = current.Row.Change with { State = MarkerChangeState.Sent } }, cancellationToken);
            }

            return new ActResult { Hash = file.Sha256 };
        }
        finally
        {
            content.AsSpan().Clear();
        }
    }

    private async Task<byte[]> WriteAsync(MarkerInstruction instruction, Case row, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using (var csv = CsvOutput.ForPeople(output))
        {
            foreach (var header in (string[])["Instruction", "Effective", "Surname", "Forenames", "Date of birth", "Address", "Postcode"])
            {
                csv.WriteField(header);
            }

            csv.EndRecord();
            foreach (var person in await documents.ReadFormsAsync(row.ByPerson, cancellationToken))
            {
                foreach (var cell in (string[])[instruction.Change.Action is MarkerAction.Set ? "set" : "remove", Day(Effective(instruction, row)), person.Surname, person.Forenames, Day(person.DateOfBirth), person.Address, person.Postcode])
                {
                    csv.WriteField(cell);
                }

                csv.EndRecord();
            }
        }

        var content = output.ToArray();
        output.GetBuffer().AsSpan().Clear();
        return content;
    }

    private static DateOnly Effective(MarkerInstruction instruction, Case row) => instruction.Change.Action is MarkerAction.Set
        ? row.Consents.Max(consent => consent.SignedOn) ?? DateOnly.FromDateTime(instruction.OrderedAt.UtcDateTime)
        : row.EndedOn ?? DateOnly.FromDateTime(instruction.OrderedAt.UtcDateTime);

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}

/// <summary>What the police are told beside the file, each time they are asked.</summary>
internal static class MarkerNotices
{
    public static MarkerNotice Of(MarkerInstruction instruction, int asked) => new(
        instruction.Id,
        instruction.Change.Action,
        asked,
        instruction.Change.SentAt!.Value,
        instruction.FileName,
        (asked, instruction.Change.Action) switch
        {
            (1, MarkerAction.Set) => "Set a marker for the people in the file, and confirm.",
            (1, _) => "Take the marker off for the people in the file, and confirm.",
            (2, _) => "Not confirmed yet: carry the instruction out if you have not, and confirm.",
            _ => "Still not confirmed. It is now with the coordinator and your information manager.",
        });
}
