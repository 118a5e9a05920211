using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using TfFlow.Host.Local.Azurite;
using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Engine;

/// <summary>A host so busy that a message becomes visible again while it is worked on: what it then says of the message, it says with a
/// receipt that holds no longer.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed partial class EngineStaleReceiptTest(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("workitems")]
    [InlineData("control-00")]
    public async Task A_message_that_became_visible_while_it_was_worked_on_is_taken_up_again_and_nothing_waits_for_ever(string queue)
    {
        var late = new TooLate(azurite.Server.ConnectionString(AzuriteAccounts.Host), queue);
        var host = new EngineHost(azurite);
        await host.StartAsync(options =>
        {
            options.OnRequest = late;
            options.Visibility = TimeSpan.FromSeconds(6);
        });
        var key = Scripts.NewKey();

        var id = await host.BeginAsync(async (context, _) => $"{await context.TryAsync(key, failures: 0)}");
        await host.SettleAsync();

        Assert.True(late.Happened);
        Assert.Equal("1", (await host.ShowAsync(id)).ReadOutputAs<string>());
        await host.StopAsync();
    }

    [Fact]
    public async Task An_activity_whose_message_could_neither_be_deleted_nor_given_back_is_taken_up_again()
    {
        var refused = new Refusing("workitems", times: 2);
        var host = new EngineHost(azurite);
        await host.StartAsync(options =>
        {
            options.OnRequest = refused;
            options.Visibility = TimeSpan.FromSeconds(6);
        });
        var key = Scripts.NewKey();

        await host.BeginAsync(async (context, _) => $"{await context.TryAsync(key, failures: 0)}");
        await host.SettleAsync();

        Assert.Equal(0, refused.Left);
        Assert.Equal(2, Scripts.RunsOf(key));
        await host.StopAsync();
    }

    /// <summary>The store refuses so many times what it is told of messages.</summary>
    private sealed class Refusing(string queue, int times) : HttpPipelineSynchronousPolicy
    {
        public int Left { get; private set; } = times;

        public override void OnSendingRequest(HttpMessage message)
        {
            var (method, uri) = (message.Request.Method, message.Request.Uri.ToString());
            if (Left > 0 && method != RequestMethod.Get && uri.Contains($"-{queue}/messages/", StringComparison.Ordinal))
            {
                Left--;
                throw new RequestFailedException(503, "The server is busy.", "ServerBusy", innerException: null);
            }
        }
    }

    /// <summary>Makes the first message that is to be deleted visible again, just before the deletion is sent.</summary>
    private sealed partial class TooLate(string connectionString, string queue) : HttpPipelinePolicy
    {
        public bool Happened { get; private set; }

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (!Happened && message.Request.Method == RequestMethod.Delete)
            {
                await ShowAsync(Deletion().Match(message.Request.Uri.ToString()).Groups);
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        private async Task ShowAsync(GroupCollection deletion)
        {
            var name = deletion["queue"].Value;
            if (name.EndsWith($"-{queue}", StringComparison.Ordinal))
            {
                Happened = true;
                var receipt = Uri.UnescapeDataString(deletion["receipt"].Value);
                var options = new QueueClientOptions(QueueClientOptions.ServiceVersion.V2026_06_06);
                await new QueueClient(connectionString, name, options).UpdateMessageAsync(deletion["id"].Value, receipt, (string?)null, TimeSpan.Zero);
            }
        }

        [GeneratedRegex("/(?<queue>[^/]+)/messages/(?<id>[^?]+)\\?popreceipt=(?<receipt>[^&]+)")]
        private static partial Regex Deletion();
    }
}
