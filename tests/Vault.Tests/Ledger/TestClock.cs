namespace TfFlow.Vault.Tests.Ledger;

internal sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = TestEntries.Start;

    public override DateTimeOffset GetUtcNow() => Now;
}
