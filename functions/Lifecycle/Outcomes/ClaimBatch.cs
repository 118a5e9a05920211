using System.Globalization;
using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Outcomes;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>Claims that are drawn or returned together, as their register has them. The row names them before the first claim changes, so
/// an interrupted batch can be finished.</summary>
public sealed record ClaimBatch : IRegisterRow<ClaimBatchState>
{
    public required string Id { get; init; }

    public required ClaimBatchState State { get; init; }

    public required ClaimBatchKind Kind { get; init; }

    public required Id<Party> Authority { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>The account that began it.</summary>
    public required string By { get; init; }

    public required string Role { get; init; }

    public required IReadOnlyList<string> Claims { get; init; }

    /// <summary>Of a sample: by what it was drawn.</summary>
    public ClaimDraw? Draw { get; init; }

    /// <summary>Begun and not ended within this time, the sweep ends it.</summary>
    [JsonIgnore]
    public DateTimeOffset? DueAt => State is ClaimBatchState.Begun ? BegunAt + Retention.ResolveIntents.Patience : null;

    [JsonIgnore]
    public LedgerAct Act => new()
    {
        ActId = $"claim.{Verb}.{Id}",
        Act = $"claim.{Verb}",
        Actor = By,
        Role = Role,
        Agency = Authority,
        Purpose = Draw?.InWords() ?? "",
        Count = Claims.Count,
        References = [Id, .. Claims],
    };

    /// <summary>The sample that was drawn; null: it is a return.</summary>
    [JsonIgnore]
    public ClaimSample? Sample => Draw is { } draw ? new(draw.Seed, draw.Percent, draw.Of, Claims) : null;

    private string Verb => Kind is ClaimBatchKind.Sample ? "sample" : "return";
}

/// <summary>By what a sample is drawn again.</summary>
/// <param name="Of">Claims that could be drawn.</param>
public sealed record ClaimDraw(int Seed, int Percent, int Of)
{
    public string InWords() => string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, {Percent} % of {Of} claims");
}
