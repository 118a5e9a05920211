using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using TfFlow.Api.Access;
using TfFlow.Host.Local.Hosting;

namespace TfFlow.Cli.Commands;

/// <summary>Speaks to the API as one caller; an answer that is not a success is a <see cref="CommandException"/> with the API's own words.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    private readonly HttpClient http;

    private ApiClient(Uri server, string header, string value)
    {
        http = new() { BaseAddress = server };
        http.DefaultRequestHeaders.Add(header, value);
    }

    /// <summary>Whoever types the command, by their account on this machine: the ledger names them.</summary>
    public static string Person { get; } = Environment.UserName is { Length: > 0 } person ? person : "command-line";

    /// <summary>The API at --server with --token; or the one that runs on --folder, as <paramref name="role"/>.</summary>
    public static ApiClient Open(ParseResult arguments, Option<string> folder, Option<Uri?> server, Option<string?> token, Role role, string agency)
    {
        var given = arguments.GetValue(token) ?? Environment.GetEnvironmentVariable("TFFLOW_TOKEN");
        var path = arguments.GetValue(folder)!;
        var address = arguments.GetValue(server) ?? (Options.Existing(path).FindAddress() is { } here
            ? new Uri(here)
            : throw new CommandException(
                ExitCode.Unavailable, $"No host runs on {Path.GetFullPath(path)}. Start one with 'tfflow up', or name one with --server."));
        var caller = new Caller(Person, role, agency);
        return At(address, given ?? Options.Existing(path).Tokens(TimeProvider.System).Mint(caller, TokenLifetime));
    }

    public static ApiClient At(Uri server, string token) => new(server, "Authorization", $"Bearer {token}");

    /// <summary>Where a header other than a token says who calls.</summary>
    public static ApiClient At(Uri server, string header, string value) => new(server, header, value);

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(() => http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken), cancellationToken);

    /// <summary>A document as it lies there.</summary>
    public Task<byte[]> GetBytesAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken), content => content.ReadAsByteArrayAsync(cancellationToken), cancellationToken);

    /// <summary>An act that answers with a document.</summary>
    public Task<byte[]> PostForBytesAsync(string path, CancellationToken cancellationToken) => SendAsync(
        () => http.PostAsync(new Uri(path, UriKind.Relative), content: null, cancellationToken), content => content.ReadAsByteArrayAsync(cancellationToken), cancellationToken);

    public Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(() => http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Lifecycle.Outbox.Json, cancellationToken), cancellationToken);

    /// <summary>For an endpoint that answers with nothing, and is told something.</summary>
    public Task PostAsync(string path, object body, CancellationToken cancellationToken) => SendAsync(
        () => http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Lifecycle.Outbox.Json, cancellationToken), _ => Task.FromResult(true), cancellationToken);

    /// <summary>Sends a file as the body.</summary>
    public async Task<T> PostFileAsync<T>(string path, Stream file, CancellationToken cancellationToken)
    {
        using var body = new StreamContent(file);
        body.Headers.ContentType = new("text/csv");
        return await SendAsync<T>(() => http.PostAsync(new Uri(path, UriKind.Relative), body, cancellationToken), cancellationToken);
    }

    /// <summary>For an endpoint that answers with nothing.</summary>
    public Task PostAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => http.PostAsync(new Uri(path, UriKind.Relative), content: null, cancellationToken), _ => Task.FromResult(true), cancellationToken);

    public void Dispose() => http.Dispose();

    private Task<T> SendAsync<T>(Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken) =>
        SendAsync(send, async content => (await content.ReadFromJsonAsync<T>(Lifecycle.Outbox.Json, cancellationToken))!, cancellationToken);

    private async Task<T> SendAsync<T>(Func<Task<HttpResponseMessage>> send, Func<HttpContent, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await send();
            if (!response.IsSuccessStatusCode)
            {
                var problem = await ReadProblemAsync(response, cancellationToken);
                throw new CommandException(ExitCode.Refused, problem ?? $"The server answered {(int)response.StatusCode}.");
            }

            return await read(response.Content);
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(ExitCode.Unavailable, $"{http.BaseAddress} does not answer: {e.Message}");
        }
    }

    private static async Task<string?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync<ProblemDetails>(cancellationToken))?.Detail;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A command cannot go on: one line for the person, and the exit code.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
