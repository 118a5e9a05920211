using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.People;

/// <summary>A version of the privacy notice that was published. Its text lies in the authority's outbox.</summary>
/// <param name="Id">The version: <c>2026-03-02-1f0c9a2b</c>.</param>
/// <param name="Agreements">The ids of the agreements it tells of.</param>
/// <param name="Sha256">Of what it says, lower-case hex.</param>
/// <param name="By">The account that published it.</param>
public sealed record PrivacyNoticeRow(
    string Id, Id<Party> Authority, IReadOnlyList<string> Agreements, string Sha256, DateOnly PublishedOn, string By) : IRegisterRow<PrivacyNoticeState>
{
    [JsonIgnore]
    public PrivacyNoticeState State => PrivacyNoticeState.Published;

    [JsonIgnore]
    public DateTimeOffset? DueAt => null;

    /// <summary>In the authority's outbox.</summary>
    [JsonIgnore]
    public string FileName => $"notices/{Id}.html";
}

/// <summary>That people of a family were given a version of the privacy notice.</summary>
/// <param name="How">How it came to them.</param>
/// <param name="By">The account that recorded it.</param>
public sealed record NoticeGivenRow(
    string Id, NoticeGiven Notice, NoticeMeans How, string By, DateTimeOffset RecordedAt) : IRegisterRow<NoticeGivenState>
{
    [JsonIgnore]
    public NoticeGivenState State => NoticeGivenState.Given;

    [JsonIgnore]
    public DateTimeOffset? DueAt => null;
}

/// <summary>A person's objection as its register has it. What they wrote, and the decision, stay with whoever coordinates it.</summary>
/// <param name="LetterSha256">Of what the person wrote, lower-case hex; empty for none.</param>
/// <param name="DecisionSha256">Of the decision and its reasons, lower-case hex; empty before.</param>
public sealed record ObjectionRow(
    string Id, Objection Objection, string Programme, string LetterSha256, string By, DateTimeOffset RecordedAt, string DecisionSha256 = "") : IRegisterRow<ObjectionState>
{
    [JsonIgnore]
    public ObjectionState State => Objection.State;

    [JsonIgnore]
    public DateTimeOffset? DueAt => null;

    /// <summary>An act on this objection: one of each kind in its life.</summary>
    public LedgerAct Act(string act, string actor, string role) => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        References = [Id, Objection.Family, Objection.Person],
    };
}
