using TfFlow.Programme.Research.Release;

namespace TfFlow.Programme.Tests.Research.Release;

public class ReleasePseudonymsTest
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] OtherKey = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void The_same_person_has_one_name_within_a_release() =>
        Assert.Equal(new ReleasePseudonyms(Key, "r1", "evaluation").Of("p1"), new ReleasePseudonyms(Key, "r1", "evaluation").Of("p1"));

    [Fact]
    public void Another_key_release_or_recipient_gives_another_name()
    {
        string[] names =
        [
            new ReleasePseudonyms(Key, "r1", "evaluation").Of("p1"),
            new ReleasePseudonyms(OtherKey, "r1", "evaluation").Of("p1"),
            new ReleasePseudonyms(Key, "r2", "evaluation").Of("p1"),
            new ReleasePseudonyms(Key, "r1", "auditor").Of("p1"),
            // The parts cannot be moved across the line between release and recipient.
            new ReleasePseudonyms(Key, "r1\nevaluation", "").Of("p1"),
            new ReleasePseudonyms(Key, "r1", "evaluation").Of("p2"),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches(@"\A[0-9a-f]{32}\z", name));
    }

    [Fact]
    public void A_key_of_another_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReleasePseudonyms(Key.AsSpan(1), "r1", "evaluation"));
}
