using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Cases;

/// <summary>A version of the privacy notice that people can be given. It is published once and stays.</summary>
public enum PrivacyNoticeState
{
    Published,
}

/// <summary>That people were given a privacy notice. It is recorded once and stays.</summary>
public enum NoticeGivenState
{
    Given,
}

public static class PrivacyNoticeStates
{
    public static TransitionTable<PrivacyNoticeState> Published { get; } = new(PrivacyNoticeState.Published);

    public static TransitionTable<NoticeGivenState> Given { get; } = new(NoticeGivenState.Given);
}

/// <summary>How a notice came to a person.</summary>
public enum NoticeMeans
{
    WithInvitation = 1,
    ByHand,
    Post,
    Email,
}

/// <summary>A version of the privacy notice was given to people of a family.</summary>
/// <remarks>seeds/002 App A (fair processing), seeds/003, seeds/004.</remarks>
/// <param name="Persons">Members, by their references.</param>
/// <param name="Agreements">The agreements the version tells of, by their ids.</param>
public sealed record NoticeGiven(
    string Family, IReadOnlyList<string> Persons, string Version, IReadOnlyList<string> Agreements, DateOnly On)
{
    /// <param name="members">Of the family; none: there is no such family.</param>
    /// <param name="published">When the version was published; null: no such version was.</param>
    /// <returns>What stands in the way of recording it; empty when nothing does.</returns>
    public IReadOnlyList<Obstacle> ToGive(IReadOnlyCollection<string> members, DateOnly? published, DateOnly today) => Obstacle.Unless(
        (published is not null, "a version of the privacy notice that was published: 'tfflow notice list' has those there are", "seeds/003, seeds/004"),
        (Persons.Count > 0 && Persons.All(members.Contains), "members of a family that is kept here, by their references", "seeds/002 App A, fair processing"),
        (published is null || (On >= published && On <= today), "a day on which the version was published, and that is not in the future", "ours"));

    /// <summary>Who of some people was not told of an agreement by a day.</summary>
    /// <param name="people">By their references.</param>
    /// <param name="held">Which references are of one person: who was told under one of them was told.</param>
    /// <param name="agreement">By its id.</param>
    public static IReadOnlyList<string> Untold(
        IEnumerable<string> people, HeldReferences held, string agreement, DateOnly by, IReadOnlyCollection<NoticeGiven> given)
    {
        var told = given.Where(notice => notice.On <= by && notice.Agreements.Contains(agreement)).SelectMany(notice => notice.Persons).ToHashSet();
        return [.. people.Where(person => !held.IsAmong(person, told))];
    }
}
