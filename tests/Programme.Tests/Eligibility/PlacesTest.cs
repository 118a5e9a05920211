using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class PlacesTest
{
    private static readonly Places Three = new(new(10, "ours"), Taken: 7);

    [Fact]
    public void Places_go_in_the_order_of_priority_and_are_shared_where_families_are_level()
    {
        Assert.Equal(3, Three.Left);
        Assert.Equal([(1, Room.Left), (2, Room.Left), (3, Room.Shared), (5, Room.Waits)], Places.Give(Three.Left, [1, 2, 3, 3, 5]).Select(room => (room.Key, room.Value)));
        Assert.Equal([(1, Room.Left), (3, Room.Waits)], Places.Give(2, [1, 1, 3]).Select(room => (room.Key, room.Value)));
        Assert.Equal([(1, Room.Waits)], Places.Give(0, [1]).Select(room => (room.Key, room.Value)));
    }

    [Fact]
    public void Where_no_number_is_agreed_there_is_room_for_all()
    {
        Assert.Null(new Places(null, Taken: 900).Left);
        Assert.Equal([(1, Room.Left), (2, Room.Left)], Places.Give(null, [1, 2]).Select(room => (room.Key, room.Value)));
    }

    [Fact]
    public void More_families_than_were_agreed_leave_no_place() => Assert.Equal(0, new Places(new(4, "ours"), Taken: 5).Left);

    [Theory]
    [InlineData(FamilyCaseState.Identified, false, true)]
    [InlineData(FamilyCaseState.Supported, false, true)]
    [InlineData(FamilyCaseState.DidNotTakePart, false, false)]
    [InlineData(FamilyCaseState.Erased, false, false)]
    [InlineData(FamilyCaseState.Erased, true, true)]
    public void A_family_takes_a_place_for_good_once_it_was_supported(FamilyCaseState state, bool supported, bool taken) =>
        Assert.Equal(taken, Places.IsTakenBy(state, supported));

    [Fact]
    public void Who_waits_is_told_for_how_long_it_is_kept_and_who_shares_that_people_decide()
    {
        Assert.Equal("It waits: the places left of 10 families agreed, 3, go to those before it. It is kept until 2027-01-05 at the latest.", Three.Words(Room.Waits, new(2027, 1, 5)));
        Assert.Contains("people decide", Three.Words(Room.Shared, null), StringComparison.Ordinal);
        Assert.Empty(Three.Words(Room.Left, new(2027, 1, 5)));
    }
}
