using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Tests.Keys;

public sealed class KeyVaultKeyRingTest : KeyRingContract, IAsyncLifetime
{
    private FakeKeyVault vault = null!;

    public async Task InitializeAsync() => vault = await FakeKeyVault.StartAsync();

    public Task DisposeAsync() => vault.DisposeAsync().AsTask();

    protected override IKeyRing Open() => new KeyVaultKeyRing(vault.CreateClient(), TimeProvider.System);

    [Fact]
    public async Task The_client_answers_the_vaults_challenge_for_its_tenant_and_resource()
    {
        await Open().CheckAsync(default);

        var request = Assert.Single(vault.TokenRequests);
        Assert.Equal(["https://vault.azure.net/.default"], request.Scopes);
        Assert.Equal("5d7b1c7e-0000-4000-8000-000000000001", request.TenantId);
    }

    [Fact]
    public async Task A_key_is_one_secret_an_originator_and_epoch()
    {
        var ring = Open();
        (await ring.GetCurrentAsync("north", default)).Dispose();
        await ring.RotateAsync("north", default);
        await ring.GetSecretAsync("tokens", default);

        Assert.Equal((1, 1, 1), (vault.VersionsOf("kek-north-1"), vault.VersionsOf("kek-north-2"), vault.VersionsOf("secret-tokens")));
    }

    [Fact]
    public async Task A_version_set_later_never_becomes_the_key()
    {
        var key = await Open().GetSecretAsync("tokens", default);

        vault.Set("secret-tokens", Convert.ToBase64String(new byte[32]));

        Assert.Equal(key, await Open().GetSecretAsync("tokens", default));
    }

    [Fact]
    public async Task A_version_of_another_process_in_the_same_second_is_waited_for()
    {
        var time = new WaitingTime();
        vault.Clock = () => time.GetUtcNow().ToUnixTimeSeconds();
        vault.VersionNames.Enqueue("b");
        vault.VersionNames.Enqueue("a");
        var others = Enumerable.Repeat((byte)7, 32).ToArray();
        time.OnWait = () => vault.Set("secret-tokens", Convert.ToBase64String(others));

        var key = await new KeyVaultKeyRing(vault.CreateClient(), time).GetSecretAsync("tokens", default);

        Assert.Equal(others, key);
        Assert.Equal(others, await Open().GetSecretAsync("tokens", default));
    }

    [Fact]
    public async Task A_deleted_secret_is_not_made_anew()
    {
        await Open().GetSecretAsync("tokens", default);
        await vault.CreateClient().StartDeleteSecretAsync("secret-tokens");

        var refusal = await Assert.ThrowsAsync<KeyRingException>(() => Open().GetSecretAsync("tokens", default));

        Assert.Contains("Recover it", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public async Task A_secret_that_is_no_key_is_refused_without_telling_it(string value)
    {
        vault.Set("secret-tokens", value);

        var refusal = await Assert.ThrowsAsync<KeyRingException>(() => Open().GetSecretAsync("tokens", default));

        Assert.Contains("secret-tokens", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_cannot_be_had_says_which_operation_of_which_vault()
    {
        var failure = await Assert.ThrowsAsync<KeyRingException>(() => new KeyVaultKeyRing(vault.CreateClient(NoToken.Refused), TimeProvider.System).GetCurrentAsync("north", default));

        Assert.Contains($"{vault.Uri}: List Secrets", failure.Message, StringComparison.Ordinal);
        Assert.Contains("refused a token", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(NoToken.Secret, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_out_is_a_failure_of_the_vault_and_a_cancellation_the_callers()
    {
        var ring = new KeyVaultKeyRing(vault.CreateClient(NoToken.TimedOut), TimeProvider.System);
        await Assert.ThrowsAsync<KeyRingException>(() => ring.GetCurrentAsync("north", default));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ring.GetCurrentAsync("north", new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(403, "permissions")]
    [InlineData(503, "Try again later")]
    public async Task A_refusal_says_which_operation_of_which_vault_and_what_to_do(int status, string advice)
    {
        vault.Broken = status;

        var failure = await Assert.ThrowsAsync<KeyRingException>(() => Open().GetCurrentAsync("north", default));

        Assert.Contains(vault.Uri.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains("List Secrets", failure.Message, StringComparison.Ordinal);
        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_that_does_not_answer_is_said_to()
    {
        var ring = Open();
        await vault.DisposeAsync();

        var failure = await Assert.ThrowsAsync<KeyRingException>(() => ring.CheckAsync(default));

        Assert.Contains("network", failure.Message, StringComparison.Ordinal);
        vault = await FakeKeyVault.StartAsync();
    }

    /// <summary>Waits pass at once, and something may happen in each.</summary>
    private sealed class WaitingTime : TimeProvider
    {
        private DateTimeOffset now = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

        public Action? OnWait { get; set; }

        public override DateTimeOffset GetUtcNow() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            OnWait?.Invoke();
            now += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
