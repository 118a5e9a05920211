using System.Net;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TfFlow.Host.Azure.Tests.Worker;

/// <summary>The end of the Functions host that a worker connects to: one stream of messages each way.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    public const int Log = 2;
    public const int StartStream = 20;

    private readonly WebApplication app;
    private readonly Conversation conversation;

    private FunctionsHost(WebApplication app) => (this.app, conversation) = (app, app.Services.GetRequiredService<Conversation>());

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<FunctionsHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<Conversation>();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        var app = builder.Build();
        app.MapGrpcService<WorkerStream>();
        await app.StartAsync();
        return new(app);
    }

    public void Send(int content, Message message) => conversation.ToWorker.Writer.TryWrite(new Message().With(1, Guid.NewGuid().ToString()).With(content, message));

    /// <summary>The next message from the worker. It must have this content; what the worker logs is passed over.</summary>
    /// <exception cref="ChannelClosedException">The worker has ended.</exception>
    public async Task<Message> ReceiveAsync(int content, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await conversation.FromWorker.Reader.ReadAsync(cancellationToken);
            if (!message.Has(Log))
            {
                Assert.True(message.Has(content), $"Content {content} was expected.");
                return message.One(content);
            }
        }
    }

    /// <summary>Nothing more comes from the worker: who waits for a message waits no longer.</summary>
    public void HangUp() => conversation.FromWorker.Writer.TryComplete();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

internal sealed class Conversation
{
    public Channel<Message> ToWorker { get; } = Channel.CreateUnbounded<Message>();

    public Channel<Message> FromWorker { get; } = Channel.CreateUnbounded<Message>();
}

[BindServiceMethod(typeof(FunctionRpc), nameof(Bind))]
internal abstract class FunctionRpc
{
    private static readonly Marshaller<Message> Marshaller = Marshallers.Create(message => message.ToByteString().ToByteArray(), bytes => Message.Parse(ByteString.CopyFrom(bytes)));

    private static readonly Method<Message, Message> Rpc = new(MethodType.DuplexStreaming, "AzureFunctionsRpcMessages.FunctionRpc", nameof(EventStream), Marshaller, Marshaller);

    /// <summary>Called by the server's registration without a service, for the method's name and types. It then finds the method by its name.</summary>
    public static void Bind(ServiceBinderBase binder, FunctionRpc? service) => binder.AddMethod(Rpc, service is null ? null! : service.EventStream);

    public abstract Task EventStream(IAsyncStreamReader<Message> requests, IServerStreamWriter<Message> responses, ServerCallContext context);
}

internal sealed class WorkerStream(Conversation conversation) : FunctionRpc
{
    public override async Task EventStream(IAsyncStreamReader<Message> requests, IServerStreamWriter<Message> responses, ServerCallContext context)
    {
        var sending = SendAsync(responses, context.CancellationToken);
        try
        {
            while (await requests.MoveNext(context.CancellationToken))
            {
                conversation.FromWorker.Writer.TryWrite(requests.Current);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The worker has ended.
        }

        conversation.FromWorker.Writer.TryComplete();
        conversation.ToWorker.Writer.TryComplete();
        await sending;
    }

    private async Task SendAsync(IServerStreamWriter<Message> responses, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in conversation.ToWorker.Reader.ReadAllAsync(cancellationToken))
            {
                await responses.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // As above.
        }
    }
}
