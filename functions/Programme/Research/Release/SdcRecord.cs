using System.Text.Encodings.Web;
using System.Text.Json;

namespace TfFlow.Programme.Research.Release;

/// <param name="Threshold">What was asked.</param>
/// <param name="Result">What came of it.</param>
public sealed record SdcRule(string Rule, string Threshold, string Result, bool Passed);

/// <param name="Approver">Who, as the account is known to the deployment.</param>
public sealed record SdcApproval(string Approver, string Role, DateTimeOffset At);

/// <summary>Kept beside a release as <c>sdc-record.json</c>: every rule, threshold, version, result and approver.</summary>
/// <remarks>SATRE 3.3.09.</remarks>
public sealed record SdcRecord
{
    public const string FileName = "sdc-record.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Release { get; init; }

    public required string Recipient { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string Requester { get; init; }

    public required DateTimeOffset PreparedAt { get; init; }

    /// <summary>Name and version of the program.</summary>
    public required string Tool { get; init; }

    /// <summary>Name and version of the release specification or count rules.</summary>
    public required string Configuration { get; init; }

    public IReadOnlyList<SdcRule> Rules { get; init; } = [];

    /// <summary>Of a release of records; null of counts.</summary>
    public ReleaseRisk? Risk { get; init; }

    public IReadOnlyList<ReviewFinding> Review { get; init; } = [];

    public IReadOnlyList<SdcApproval> Approvals { get; init; } = [];

    /// <summary>Why it may not go out; empty: it may. Every rule passed, no finding of the review, and two people approve who did not ask for it.</summary>
    public IEnumerable<string> Obstacles() =>
    [
        .. Rules.Where(rule => !rule.Passed).Select(rule => $"{rule.Rule}: {rule.Threshold} is asked, it is {rule.Result}"),
        .. Review.Select(finding => $"{finding.File}: {finding.What}"),
        .. Rules.Count == 0 ? ["no rule was applied"] : Array.Empty<string>(),
        .. Approvals.Any(approval => Same(approval.Approver, Requester)) ? ["who asked for it cannot approve it"] : Array.Empty<string>(),
        .. Approvals.Select(approval => approval.Approver).Where(approver => !Same(approver, Requester)).Distinct(StringComparer.OrdinalIgnoreCase).Count() < 2
            ? ["two people must approve it"] : Array.Empty<string>(),
    ];

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">Not such a record.</exception>
    public static SdcRecord Parse(string json) => JsonSerializer.Deserialize<SdcRecord>(json, Json) ?? throw new JsonException("The record is null.");

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
