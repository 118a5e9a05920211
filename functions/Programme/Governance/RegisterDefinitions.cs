using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using Needs = TfFlow.Programme.Governance.RegisterNeeds;

namespace TfFlow.Programme.Governance;

/// <summary>Every register of governance. A new one is another entry here.</summary>
public static class RegisterDefinitions
{
    public const string InformationGovernance = "InformationGovernance";
    public const string Coordinator = "Coordinator";
    public const string PermissionsAdministrator = "PermissionsAdministrator";
    public const string AssetOwner = "AssetOwner";

    /// <summary>What an order forbids wholly. Else it forbids one use.</summary>
    public const string Cease = "cease";

    public const string Source = "source";
    public const string Database = "database";
    public const string Process = "process";
    public const string Share = "share";
    public const string Match = "match";
    public const string ChiefOfficer = "chief-officer";

    private const string OnlyRecorded = "It is only recorded: nothing is refused by it.";

    private static readonly IReadOnlyList<RegisterDefinition> List =
    [
        new(
            RegisterKind.Withdrawal,
            "a partner's withdrawal from an agreement",
            Needs.Agreement | Needs.Party | Needs.Paper | Needs.AllTold,
            "seeds/002 §15",
            "After 30 days the gate refuses what the partner sends or is sent, and the sweep erases what it sent.")
        {
            Transitions = RegisterStates.Notice,
            NoticeDays = AgreementNotice.NoticeDays,
        },
        new(
            RegisterKind.Termination,
            "the termination of an agreement",
            Needs.Agreement | Needs.Party | Needs.Paper | Needs.AllTold,
            "seeds/002 §15",
            "After 30 days the gate refuses everything under the agreement, and the sweep erases what came under it.")
        {
            Transitions = RegisterStates.Notice,
            NoticeDays = AgreementNotice.NoticeDays,
        },
        new(
            RegisterKind.Review,
            "a review of an agreement",
            Needs.Agreement | Needs.Paper | Needs.Answers | Needs.ReviewOn,
            "seeds/001 Review date; seeds/002 §14",
            "Decisions warn when the next review is overdue, or when a question was answered with no; the sweep reminds.")
        {
            MostMonths = 60,
        },
        new(
            RegisterKind.TableAgreement,
            "an information governance lead's agreement to a table",
            Needs.Agreement | Needs.Version | Needs.Party | Needs.Paper,
            "seeds/002 §4.3",
            "Where the agreement asks for it (table_agreed_by_leads), nothing goes from or to a partner whose lead has not agreed."),
        new(
            RegisterKind.AssetApproval,
            "an Information Asset Owner's approval",
            Needs.Exchange | Needs.Scope | Needs.Paper,
            "seeds/001 Data definitions",
            "Where the exchange asks for it (asset_owner), no file is taken without the approval of its source, and none is opened without that of its use in the database.")
        {
            Scopes = [Source, Database],
            RecordedBy = [AssetOwner],
        },
        new(
            RegisterKind.NamedPerson,
            "a person named in a dataset's specification",
            Needs.Exchange | Needs.Party | Needs.Account | Needs.Scope | Needs.Until,
            "seeds/002 §7, §8.1; seeds/003",
            "Where the exchange asks for it (named), an account that is not listed cannot drop a file, take one in, or begin a round that reads it. Where a party asks for cleared staff, nothing is given to it before one of them is listed.")
        {
            Scopes = [Process, "extract", Share, Match],
        },
        new(
            RegisterKind.Access,
            "an account's access",
            Needs.Account | Needs.Scope | Needs.Until,
            "seeds/001 Data definitions, App B",
            "An account that stands in this register is let in only while its access is granted and has not lapsed. Where the plan asks for it (accounts_registered), so is every account of the authority.")
        {
            Transitions = RegisterStates.Access,
            Scopes = ["coordinator", "permissions-administrator", "asset-owner", "key-worker", "call-handler", "information-governance",
                "auditor", "linkage-custodian", "analyst", "study-approver"],
            RecordedBy = [Coordinator, InformationGovernance, PermissionsAdministrator],
            StepBy = new Dictionary<RegisterStep, IReadOnlyList<string>>
            {
                [RegisterStep.Authorise] = [Coordinator],
                [RegisterStep.Grant] = [PermissionsAdministrator],
                [RegisterStep.Refuse] = [Coordinator, PermissionsAdministrator],
                [RegisterStep.Review] = [Coordinator],
                [RegisterStep.End] = [Coordinator, PermissionsAdministrator],
            },
        },
        new(
            RegisterKind.OnwardDisclosure,
            "leave to hand on what a partner sent",
            Needs.Exchange | Needs.Recipient | Needs.Scope | Needs.Paper,
            "seeds/002 §5; seeds/000 §3.1",
            "The gate lets nothing be handed on by consent or statute without it; for another purpose, police data needs the Chief Officer's.")
        {
            Scopes = ["written-consent", "statutory-obligation", ChiefOfficer],
        },
        new(
            RegisterKind.ProcessorContract,
            "a processor's contract",
            Needs.Agreement | Needs.Party | Needs.Paper | Needs.Until,
            "seeds/002 §9, App C 6",
            "Where the party asks for it (contract), nothing goes to or from it without one.")
        {
            MostMonths = 120,
        },
        new(
            RegisterKind.SecurityNeed,
            "a partner's security need",
            Needs.Agreement | Needs.Party | Needs.Paper,
            "seeds/002 App C 3, 4",
            "Every signatory is told in its outbox when it is recorded. " + OnlyRecorded)
        {
            Transitions = RegisterStates.Notice,
            NoticeMonths = 3,
        },
        new(RegisterKind.Publication, "a publication of an agreement", Needs.Agreement | Needs.Version | Needs.Party | Needs.Paper,
            "seeds/002 §16", OnlyRecorded),
        new(RegisterKind.Risk, "a risk", Needs.Agreement | Needs.Paper | Needs.Levels | Needs.ReviewOn, "seeds/001 App B",
            OnlyRecorded + " The sweep reminds when it is to be looked at again."),
        new(RegisterKind.ReadReview, "a review of who read what", Needs.Scope | Needs.Paper | Needs.ReviewOn, "seeds/001 App B",
            OnlyRecorded + " The sweep reminds when the next is overdue.")
        {
            Scopes = ["in-order", "to-be-investigated"],
        },
        new(
            RegisterKind.Order,
            "an order of the Information Commissioner",
            Needs.Agreement | Needs.Scope | Needs.Paper,
            "seeds/002 App A, sixth principle",
            "From its day on the gate refuses what it forbids. Markers off, breach notices, erasure and replies to people still go through.")
        {
            Scopes = [Cease, .. Kebab.All<Use>()],
        },
    ];

    public static IReadOnlyDictionary<RegisterKind, RegisterDefinition> All { get; } = List.ToDictionary(definition => definition.Kind);
}
