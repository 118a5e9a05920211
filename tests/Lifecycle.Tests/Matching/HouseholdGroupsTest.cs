using System.Buffers.Binary;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;

namespace TfFlow.Lifecycle.Tests.Matching;

/// <summary>Which households meet by keyed hashes.</summary>
public class HouseholdGroupsTest
{
    [Fact]
    public void Households_that_share_a_key_are_one_group_and_others_stand_alone()
    {
        var groups = Groups((1, [10, 11]), (2, [11, 12]), (3, [12]), (4, [13]));
        Assert.Equal([1, 1, 1, 4], Enumerable.Range(1, 4).Select(household => Of(groups, household)));
        Assert.Equal(9, Of(groups, 9));
    }

    [Fact]
    public void A_key_that_many_households_have_says_nothing() =>
        Assert.All(Enumerable.Range(1, 7), household => Assert.Equal(household, Of(Groups([.. Enumerable.Range(1, 7).Select(i => (i, (ulong[])[10, 100 + (ulong)i]))]), household)));

    [Fact]
    public void A_group_takes_in_no_more_than_a_dozen_the_surest_first()
    {
        // A chain of weak keys through thirty households, and a sure one between the first and the last.
        const ulong Weak = MeetingKeys.Weak;
        var groups = Groups([.. Enumerable.Range(1, 30).Select(i => (i, (ulong[])[Weak + (ulong)i, Weak + (ulong)(i + 1), .. i is 1 or 30 ? (ulong[])[5] : []]))]);
        Assert.Equal(1, Of(groups, 30));
        Assert.All(Enumerable.Range(1, 30).CountBy(household => Of(groups, household)), group => Assert.InRange(group.Value, 1, 12));
    }

    [Fact]
    public void The_order_in_which_rows_are_read_makes_no_other_groups()
    {
        (int, ulong[])[] rows = [(1, [10]), (2, [10, 11]), (3, [11]), (4, [12]), (5, [12])];
        var (forth, back) = (Groups(rows), Groups([.. rows.Reverse()]));
        Assert.Equal(Enumerable.Range(1, 5).Select(household => Of(forth, household)), Enumerable.Range(1, 5).Select(household => Of(back, household)));
    }

    private static int Of(HouseholdGroups groups, int household) => (int)groups.Of(new((UInt128)household)).Value;

    private static HouseholdGroups Groups(params (int Household, ulong[] Keys)[] rows)
    {
        var builder = new HouseholdGroups.Builder();
        foreach (var (household, keys) in rows)
        {
            var bytes = new byte[keys.Length * sizeof(ulong)];
            for (var i = 0; i < keys.Length; i++)
            {
                BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), keys[i]);
            }

            builder.Add(new((UInt128)household), bytes);
        }

        return builder.Close();
    }
}
