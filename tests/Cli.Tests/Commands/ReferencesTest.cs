using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

public class ReferencesTest
{
    private static readonly string[] Known = ["3212c84abbf3bfa54c42", "3219ffffffffffffffff", "a000000000000000000a", "a0"];

    [Theory]
    [InlineData("3212", "3212c84abbf3bfa54c42")]
    [InlineData("3212c84abbf3bfa54c42", "3212c84abbf3bfa54c42")]
    [InlineData("a0", "a0")] // whole, though another begins so
    [InlineData("a00", "a000000000000000000a")]
    [InlineData("ff", "ff")] // whoever is asked says that there is none
    public void A_beginning_that_one_reference_has_stands_for_it(string typed, string full) =>
        Assert.Equal(full, References.Full(typed, Known, "case"));

    [Theory]
    [InlineData("321", "'321' fits 2 references of a case: type more of it.")]
    [InlineData("a", "'a' fits 2 references of a case: type more of it.")]
    [InlineData("", "Say which case: its reference, or how that begins.")]
    public void One_that_several_have_is_refused_and_says_how_many(string typed, string words)
    {
        var refusal = Assert.Throws<CommandException>(() => References.Full(typed, Known, "case"));
        Assert.Equal((ExitCode.Usage, words), (refusal.ExitCode, refusal.Message));
    }

    [Fact]
    public void A_reference_that_is_listed_twice_is_one() =>
        Assert.Equal("a000000000000000000a", References.Full("a000", [.. Known, .. Known], "case"));
}
