using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Governance;

namespace TfFlow.Lifecycle.Governance;

/// <summary>Whether an account of the authority's own staff is let in: the register decides for who stands in it, and for everybody where
/// the plan says so.</summary>
/// <remarks>seeds/001 Data definitions. Another instance of the host sees a change within <see cref="Fresh"/>.</remarks>
public sealed class AccessRegister(Registers registers, MatchingPlan plan, TimeProvider time)
{
    /// <summary>How long the register is remembered between two looks at it.</summary>
    public static TimeSpan Fresh { get; } = TimeSpan.FromSeconds(10);

    private volatile Remembered? remembered;

    /// <summary>Looks at the register anew before it answers again.</summary>
    public void Forget() => remembered = null;

    /// <returns>Why the account is not let in, for the person; null when it is.</returns>
    /// <param name="role">As the access table has it: <c>KeyWorker</c>.</param>
    /// <param name="keeping">It is about the registers themselves, which who does not stand in them yet may keep: so that somebody can be
    /// let in first.</param>
    public async Task<string?> RefusalAsync(string account, string role, bool keeping, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = remembered;
        if (known is null || known.At + Fresh <= now || known.At > now)
        {
            remembered = known = new(now, await registers.Governance.ListAsync(cancellationToken)
                .Select(row => row.Row.Entry)
                .Where(entry => entry.Kind is RegisterKind.Access)
                .ToListAsync(cancellationToken));
        }

        var own = known.Entries.Where(entry => entry.Account.Equals(account, StringComparison.OrdinalIgnoreCase)).ToList();
        return RegisterEntry.AccessRefusal(own, role, asked: plan.AccountsRegistered && !keeping, now);
    }

    private sealed record Remembered(DateTimeOffset At, IReadOnlyList<RegisterEntry> Entries);
}
