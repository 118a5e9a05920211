using System.Buffers.Binary;
using TfFlow.Linkage;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Which households may be one family's, by keyed hashes alone: nobody is opened to tell. In memory only.</summary>
/// <remarks>seeds/001 Identifying Suitable Households: every data set is compared against every other, and first without names. Ours: by keyed hashes of who a row is about, which intake makes (<see cref="MeetingKeys"/>).</remarks>
public sealed class HouseholdGroups
{
    private readonly Dictionary<HouseholdPseudonym, HouseholdPseudonym> first = [];

    /// <summary>The first pseudonym of the household's group: its own, where it meets no other.</summary>
    public HouseholdPseudonym Of(HouseholdPseudonym household) => first.GetValueOrDefault(household, household);

    /// <summary>Takes every row's keys in, then says who meets whom.</summary>
    public sealed class Builder
    {
        /// <summary>A key that more households have than this is no sign of anybody: a filler nobody knew of, or a name and a date that are common.</summary>
        private const int MostHouseholds = 6;

        /// <summary>Households of a group at most: a family has two homes, and one or two that were mistyped.</summary>
        private const int LargestGroup = 12;

        private const int Buckets = 16;

        private readonly Dictionary<HouseholdPseudonym, int> numbers = [];
        private readonly List<HouseholdPseudonym> households = [];
        private readonly List<Entry>[] buckets = [.. Enumerable.Range(0, Buckets).Select(_ => new List<Entry>())];
        private (int Household, ulong Last) before = (-1, 0);

        public void Add(HouseholdPseudonym household, ReadOnlySpan<byte> keys)
        {
            if (keys.IsEmpty)
            {
                return;
            }

            if (!numbers.TryGetValue(household, out var number))
            {
                numbers.Add(household, number = households.Count);
                households.Add(household);
            }

            // Rows about one person stand together: a term each.
            var last = BinaryPrimitives.ReadUInt64BigEndian(keys) ^ BinaryPrimitives.ReadUInt64BigEndian(keys[^sizeof(ulong)..]);
            if (before == (number, last))
            {
                return;
            }

            before = (number, last);
            for (; !keys.IsEmpty; keys = keys[sizeof(ulong)..])
            {
                var key = BinaryPrimitives.ReadUInt64BigEndian(keys);
                buckets[(int)(key % Buckets)].Add(new(key, number));
            }
        }

        public HouseholdGroups Close()
        {
            // What leaves nothing out joins first, so that a group that is full has the surest of its households.
            var shared = new List<(ulong Key, int One, int Other)>();
            foreach (var bucket in buckets)
            {
                bucket.Sort();
                for (int from = 0, to; from < bucket.Count; from = to)
                {
                    to = from + 1;
                    while (to < bucket.Count && bucket[to].Key == bucket[from].Key)
                    {
                        to++;
                    }

                    int[] meeting = [.. bucket[from..to].Select(entry => entry.Household).Distinct()];
                    if (meeting.Length is > 1 and <= MostHouseholds)
                    {
                        shared.AddRange(meeting.Skip(1).Select(other => (bucket[from].Key, meeting[0], other)));
                    }
                }

                bucket.Clear();
                bucket.Capacity = 0;
            }

            return Joined([.. shared.Order()]);
        }

        private HouseholdGroups Joined(IReadOnlyList<(ulong Key, int One, int Other)> shared)
        {
            int[] parents = [.. Enumerable.Range(0, households.Count)];
            var sizes = new int[households.Count];
            Array.Fill(sizes, 1);
            foreach (var (_, one, other) in shared)
            {
                var (to, from) = (Root(one), Root(other));
                if (to != from && sizes[to] + sizes[from] <= LargestGroup)
                {
                    (parents[from], sizes[to]) = (to, sizes[to] + sizes[from]);
                }
            }

            var groups = new HouseholdGroups();
            foreach (var group in Enumerable.Range(0, households.Count).Where(household => sizes[Root(household)] > 1).GroupBy(Root))
            {
                var first = group.Min(household => households[household]);
                foreach (var household in group)
                {
                    groups.first.Add(households[household], first);
                }
            }

            return groups;

            int Root(int household)
            {
                while (parents[household] != household)
                {
                    household = parents[household] = parents[parents[household]];
                }

                return household;
            }
        }

        private readonly record struct Entry(ulong Key, int Household) : IComparable<Entry>
        {
            public int CompareTo(Entry other) => Key.CompareTo(other.Key) is not 0 and var order ? order : Household.CompareTo(other.Household);
        }
    }
}

/// <summary>What the partitions of a round share in this process: groups, which are read once and never written anywhere, and the
/// memory.</summary>
public sealed class RoundGroups(FactsReader facts) : IDisposable
{
    /// <summary>Partitions that are looked at at once: each has its households in memory, so that memory does not grow with the
    /// authority.</summary>
    private const int PartitionsAtOnce = 3;

    private readonly SemaphoreSlim turns = new(PartitionsAtOnce);
    private readonly SemaphoreSlim gate = new(1);
    private (string Look, HouseholdGroups Groups)? last;

    /// <summary>Whoever asks is inside the acts that open these facts.</summary>
    public async Task<HouseholdGroups> OfAsync(string look, IReadOnlyList<MatchingLicence> licences, CancellationToken cancellationToken)
    {
        var name = string.Join('\n', licences.Select(licence => licence.Extract.Id.Text).Order(StringComparer.Ordinal).Prepend(look));
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (last is { } known && known.Look == name)
            {
                return known.Groups;
            }

            last = null;
            var builder = new HouseholdGroups.Builder();
            foreach (var licence in licences.Where(licence => !licence.IsList))
            {
                await facts.ReadMeetingKeysAsync(licence.Extract.Sealed!.Facts.Name, licence.Specification, builder.Add, cancellationToken);
            }

            last = (name, builder.Close());
            return last.Value.Groups;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Looks at a partition when it is its turn.</summary>
    public async Task InTurnAsync(Func<Task> look, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            await look();
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>Nothing is looked at any more.</summary>
    public void Forget() => last = null;

    public void Dispose()
    {
        turns.Dispose();
        gate.Dispose();
    }
}
