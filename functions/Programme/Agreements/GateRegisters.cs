using TfFlow.Programme.Governance;

namespace TfFlow.Programme.Agreements;

/// <summary>What the registers must hold where a document asks for it: the leads' agreement, contracts, approvals, named people.</summary>
/// <remarks>A document that asks for nothing is refused nothing here.</remarks>
internal static class GateRegisters
{
    public static (GateOutcome Outcome, string Words)? First(GateRequest request, Agreement agreement, Exchange exchange) =>
        request.DocumentsAlone ? null
        : Sides(request, agreement) ?? Approval(request, exchange) ?? Named(request, exchange);

    /// <summary>What is asked of each of the two between whom it goes.</summary>
    private static (GateOutcome Outcome, string Words)? Sides(GateRequest request, Agreement agreement)
    {
        foreach (var party in new[] { request.Agency, request.Recipient }.OfType<Id<Party>>().Select(agreement.Party).OfType<Party>())
        {
            if (agreement.TableAgreedByLeads && !Any(request, notice => notice.Kind is NoticeKind.TableAgreement
                && notice.Agreement == agreement.Id && notice.Version == agreement.Version && notice.By == party.Id))
            {
                return (GateOutcome.TableNotAgreed,
                    $"The information governance lead of {party.Name} has not agreed to the table of {agreement.Name}: 'tfflow register record table-agreement' records it.");
            }

            if (party.Contract && !Any(request, notice => notice.Kind is NoticeKind.ProcessorContract && notice.Agreement == agreement.Id
                && notice.By == party.Id))
            {
                return (GateOutcome.ContractMissing,
                    $"{party.Name} works under a contract, and none stands in the register: 'tfflow register record processor-contract' records it.");
            }

            if (party.ClearedStaff && party.Id == request.Recipient && request.Act is GateAct.Disclosure
                && !Any(request, notice => notice is { Kind: NoticeKind.NamedPerson, Cleared: true } && notice.By == party.Id))
            {
                return (GateOutcome.StaffNotCleared,
                    $"{party.Name} has nobody in the register who is named and passed a security check: 'tfflow register record named-person --cleared DAY' records one.");
            }
        }

        return null;
    }

    private static (GateOutcome Outcome, string Words)? Approval(GateRequest request, Exchange exchange)
    {
        var scope = request.Act switch
        {
            GateAct.Intake => RegisterDefinitions.Source,
            GateAct.Opening => RegisterDefinitions.Database,
            _ => "",
        };
        return !exchange.AssetOwner || scope.Length == 0 || Any(request, notice => notice.Kind is NoticeKind.AssetApproval
            && notice.Exchange == exchange.Id && notice.Scope == scope)
            ? null
            : (GateOutcome.ApprovalMissing, $"The Information Asset Owner has not approved {(scope == RegisterDefinitions.Source ? $"the source of {exchange.Id}" : $"that {exchange.Id} is used in the database")}: 'tfflow register record asset-approval --scope {scope}' records it.");
    }

    /// <summary>Who drops a file shares it; who takes one in, or has it matched, is named for that by the receiver.</summary>
    private static (GateOutcome Outcome, string Words)? Named(GateRequest request, Exchange exchange)
    {
        if (!exchange.Named || request.Account is not { } account || request.Act is not (GateAct.Intake or GateAct.Opening))
        {
            return null;
        }

        var dropped = request.Act is GateAct.Intake && request.Means?.IsDrop() != false;
        var scope = request.Act is GateAct.Opening ? RegisterDefinitions.Match : dropped ? RegisterDefinitions.Share
            : RegisterDefinitions.Process;
        var by = request.Act is GateAct.Intake && !dropped ? request.Recipient : request.Agency;
        return Any(request, notice => notice.Kind is NoticeKind.NamedPerson && notice.Exchange == exchange.Id && notice.By == by
            && notice.Scope == scope && notice.Account.Equals(account, StringComparison.OrdinalIgnoreCase))
            ? null
            : (GateOutcome.NotNamed,
                $"{exchange.Id} is for people who are named: this account is not in the register of {by} to {scope} it, or its entry has lapsed. 'tfflow register record named-person' lists it.");
    }

    private static bool Any(GateRequest request, Func<AgreementNotice, bool> isOne) =>
        request.Notices.Any(notice => isOne(notice) && notice.Holds(request.At));
}
