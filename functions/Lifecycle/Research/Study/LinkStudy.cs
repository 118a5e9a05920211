using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>Gives every person of the submissions a random key for each department, and sends each department who to match, sealed to its own key.</summary>
/// <remarks>seeds/003 How will this work in practice. A key of its own for each department is ours: two departments cannot join what they hold.</remarks>
public sealed class LinkStudy(
    Registers registers, StudyData data, Recipients recipients, SealedDocuments documents, Erasure erasure, Outbox outbox, AgreementGate gate, Notices notices, Acts acts, TimeProvider time)
{
    private static readonly string[] Headers = ["Study key", "Surname", "Forenames", "Date of birth", "Address", "Postcode"];

    public async Task<bool> RunAsync(StudyReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Studies.GetAsync(input.RoundId, cancellationToken);
        if (current.Row is not { State: StudyRoundState.Open, Order: StudyOrder.Link })
        {
            return false;
        }

        await acts.PerformAsync(current.Row.Act("study.link", nameof(StudyRoundOrchestration)), token => LinkAsync(current, token), cancellationToken);
        return true;
    }

    private async Task<ActResult> LinkAsync(Registered<StudyRound> current, CancellationToken cancellationToken)
    {
        // The row first: from then on a run that still goes on elsewhere cannot commit, so nothing is erased that a row will name.
        var name = SealedBlob.Of(current.Row.Id).Name;
        IReadOnlyList<SealedBlob> left = [.. current.Row.Left, .. SealedBlob.IfAny(current.Row.Map)];
        current = await registers.Studies.ChangeAsync(current, current.Row with { Map = new(name), Left = left }, cancellationToken);
        await erasure.EraseAsync(current.Row.Id, left, cancellationToken);
        var people = new List<Dictionary<string, string>>();
        foreach (var source in await data.FindAsync(current.Row, dataset => dataset == StudyData.Submission, cancellationToken))
        {
            people.AddRange(await data.ReadAsync(current.Row, source, names: true, name, cancellationToken));
        }

        var families = people.Select(person => person[StudyData.Household]).Distinct().Index().ToDictionary(family => family.Item, family => family.Index);
        var members = people.ConvertAll(person => new StudyMember(
            person["group"],
            families[person[StudyData.Household]],
            DateOnly.ParseExact(person["started"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            current.Row.Linkages.ToDictionary(linkage => linkage.Agency.Text, _ => RandomNumberGenerator.GetHexString(32, lowercase: true))));
        var map = JsonSerializer.SerializeToUtf8Bytes(new StudyMap(members), Outbox.Json);
        var (sha256, length) = await documents.SealAsync(name, current.Row.Study, map, cancellationToken);
        var linkages = new List<StudyLinkage>();
        foreach (var linkage in current.Row.Linkages)
        {
            linkages.Add(linkage with { Hash = await SendAsync(current.Row, linkage, name, people, members, cancellationToken) });
        }

        await registers.Studies.ChangeAsync(
            current,
            current.Row with { State = StudyRoundState.Linking, Order = StudyOrder.None, Linkages = linkages, Map = new(name, sha256, length), Left = [], People = people.Count },
            cancellationToken);
        return new ActResult { Count = people.Count };
    }

    private async Task<string> SendAsync(
        StudyRound round, StudyLinkage linkage, string attempt, List<Dictionary<string, string>> people, List<StudyMember> members, CancellationToken cancellationToken)
    {
        var decision = gate.Check(new()
        {
            Act = GateAct.Disclosure,
            Exchange = linkage.Exchange,
            Agency = round.Study,
            Recipient = linkage.Agency,
            At = time.GetUtcNow(),
            Notices = await notices.StandingAsync(cancellationToken),
            Use = Use.Research,
            Means = Means.SealedDrop,
        });
        if (decision.Grant is not { } grant)
        {
            throw new StudyHeldException($"{linkage.Agency} may not be sent its linkage file: {decision.Words}");
        }

        var hash = "";
        await acts.PerformAsync(
            round.Act("study.send", nameof(StudyRoundOrchestration), more: $"{attempt[..8]}.{grant.To}") with
            {
                Agency = grant.To,
                Agreement = grant.Agreement,
                AgreementVersion = grant.Version,
                Exchange = grant.Exchange,
                Basis = grant.Basis,
                Purpose = grant.Purpose,
                Count = people.Count,
            },
            async token =>
            {
                var content = Write(linkage, people, members);
                var file = await recipients.SealAsync(grant, round.Id, content, token);
                CryptographicOperations.ZeroMemory(content);
                hash = file.Sha256;
                await outbox.DiscloseAsync(grant, StudyLinkage.FileName(round.Id), file, token);
                return new ActResult { Hash = hash };
            },
            cancellationToken);
        return hash;
    }

    private static byte[] Write(StudyLinkage linkage, List<Dictionary<string, string>> people, List<StudyMember> members)
    {
        using var output = new MemoryStream();
        using (var csv = CsvOutput.ForMachines(output))
        {
            foreach (var header in Headers)
            {
                csv.WriteField(header);
            }

            csv.EndRecord();
            foreach (var (person, member) in people.Zip(members))
            {
                csv.WriteField(member.Keys[linkage.Agency]);
                foreach (var column in (string[])["surname", "forenames", "date_of_birth", "address", "postcode"])
                {
                    csv.WriteField(Cell(column, person.GetValueOrDefault(column, "")));
                }

                csv.EndRecord();
            }
        }

        var content = output.ToArray();
        output.GetBuffer().AsSpan().Clear();
        return content;
    }

    private static string Cell(string column, string value) =>
        column == "date_of_birth" && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
            : value;
}

/// <summary>A study cannot go on now: why, and for whom.</summary>
public sealed class StudyHeldException(string message) : Exception(message);
