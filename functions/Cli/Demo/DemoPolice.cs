using System.Text;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Sealing;

namespace TfFlow.Cli.Demo;

/// <summary>The police: they read instructions with a key that only they hold, mark their own systems, and confirm.</summary>
internal sealed class DemoPolice(DemoDeployment authority) : IDisposable
{
    public const string Agency = "northmere-police";

    private readonly RecipientKey key = RecipientKey.Create();
    private readonly HashSet<string> marked = [];

    /// <summary>People with a marker on the police's own system, each by the line the instruction named them by.</summary>
    public int Marked => marked.Count;

    public async Task RegisterKeyAsync(CancellationToken cancellationToken)
    {
        using var api = Operator();
        await api.PostAsync<RecipientView>($"/agencies/{Agency}/key", new RecipientKeyRequest(Convert.ToBase64String(key.PublicKey.Span)), cancellationToken);
    }

    /// <summary>Carries out what waits in the outbox.</summary>
    /// <param name="except">Cases whose instruction is left lying.</param>
    /// <returns>How many instructions were confirmed.</returns>
    public async Task<int> CarryOutAsync(IReadOnlySet<string> except, CancellationToken cancellationToken)
    {
        using var api = Operator();
        var confirmed = 0;
        foreach (var instruction in (await api.GetAsync<MarkerView[]>($"/agencies/{Agency}/markers", cancellationToken))
            .Where(instruction => instruction.EndedAt is null && instruction.State != nameof(MarkerChangeState.Instructed) && !except.Contains(instruction.CaseId)))
        {
            var file = await OutboxCommand.ReadAsync(api, Agency, instruction.File, cancellationToken);
            var lines = Encoding.UTF8.GetString(await key.OpenAsync(new MemoryStream(file), instruction.Id, Agency, cancellationToken)).TrimEnd().Split("\r\n");

            // A line is action, day, and who; removal names the same people as the setting did.
            foreach (var person in lines[1..].Select(line => line[(line.IndexOf(',', line.IndexOf(',') + 1) + 1)..]))
            {
                _ = instruction.Action == "Set" ? marked.Add(person) : marked.Remove(person);
            }

            await api.PostAsync<MarkerView>($"/agencies/{Agency}/markers/{instruction.Id}/confirmation", null, cancellationToken);
            confirmed++;
        }

        return confirmed;
    }

    /// <returns>How many instructions stand in a state.</returns>
    public async Task<int> CountAsync(MarkerChangeState state, CancellationToken cancellationToken)
    {
        using var api = Operator();
        return (await api.GetAsync<MarkerView[]>($"/agencies/{Agency}/markers", cancellationToken)).Count(instruction => instruction.State == state.ToString());
    }

    public void Dispose() => key.Dispose();

    private ApiClient Operator() => authority.As(Role.PoliceOperator, "control-room", Agency);
}
