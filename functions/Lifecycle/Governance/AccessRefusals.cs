using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Governance;

/// <summary>Records who was refused access: the account, the role, the operation and when. Nothing of what was asked for.</summary>
/// <remarks>seeds/001 App B: "All user access will be tightly monitored"; seeds/002 §12: attempts to gain access, failed or
/// successful. In an hour an account fills at most <see cref="Apart"/> entries with the operations it was refused, and one more each time
/// the number of its refusals reaches ten, a hundred, a thousand. Whoever knocks ten thousand times hides nobody else.</remarks>
public sealed class AccessRefusals(Deployment deployment, MatchingPlan plan, Acts acts, TimeProvider time)
{
    /// <summary>The code of the act.</summary>
    public const string Act = "access.refuse";

    /// <summary>How it ends.</summary>
    public const string Result = "refused";

    /// <summary>What stands for the operation where many were refused.</summary>
    public const string Several = "several";

    /// <summary>Operations of one account that are told apart in one hour.</summary>
    public const int Apart = 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Tally> tallies = new(StringComparer.Ordinal);
    private string hour = "";

    /// <param name="operation">The endpoint's own name.</param>
    public async Task RecordAsync(CaseCaller by, string operation, CancellationToken cancellationToken)
    {
        if (Tell(by, operation) is not (var about, var count, var within))
        {
            return;
        }

        await acts.PerformAsync(
            new()
            {
                // The same for every instance of the host and after a restart, so that the hour has one such entry.
                ActId = string.Create(CultureInfo.InvariantCulture, $"{Act}.{within}.{NameOf(by.Account)}.{about}.{count}"),
                Act = Act,
                Actor = by.Account,
                Role = by.Role,
                Agency = deployment.OwnerOr(plan.Authority),
                Purpose = about,
                Count = count,
            },
            _ => Task.FromResult(new ActResult { Result = Result }),
            cancellationToken);
    }

    /// <returns>What is to be recorded now, if anything.</returns>
    private (string About, int Count, string Hour)? Tell(CaseCaller by, string operation)
    {
        lock (gate)
        {
            if (time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture) is var now && now != hour)
            {
                tallies.Clear();
                hour = now;
            }

            var tally = tallies.TryGetValue(by.Account, out var known) ? known : tallies[by.Account] = new();
            tally.Count++;
            return tally.Operations.Count < Apart && tally.Operations.Add(operation) ? (operation, 1, hour)
                : IsPowerOfTen(tally.Count) ? (Several, tally.Count, hour)
                : null;
        }
    }

    private static bool IsPowerOfTen(int count)
    {
        while (count >= 10 && count % 10 == 0)
        {
            count /= 10;
        }

        return count == 1;
    }

    // An account may have any letters; an act's id may not.
    private static string NameOf(string account) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account)))[..16];

    private sealed class Tally
    {
        public int Count { get; set; }

        public HashSet<string> Operations { get; } = new(StringComparer.Ordinal);
    }
}
