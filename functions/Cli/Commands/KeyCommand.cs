using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Exports;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Retention;
using TfFlow.Vault.Envelope;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow key</c>: an agency's own key pair, to which files for it are sealed, and opening them on its own machine.</summary>
internal static class KeyCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("key", "Your own key, for files that are sealed to you; at the authority, the keys that what it keeps is sealed under.") { Make(), Register(calls), Open(), Household(calls), Rotate(calls) };
    }

    private static Option<FileInfo> KeyFile() => new("--key") { Description = "Your private key, as 'tfflow key create' wrote it.", Required = true };

    private static Command Make()
    {
        var output = new Option<FileInfo>("--out") { Description = "Where to write the private key; it never leaves your machine.", Required = true };
        var command = new Command("create", "Make a key pair; prints the public half.") { output };
        command.SetAction(arguments =>
        {
            using var key = RecipientKeyFile.Create(arguments.GetValue(output)!);
            Console.WriteLine(Convert.ToBase64String(key.PublicKey.Span));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Register(ApiCalls calls)
    {
        var (key, agency) = (KeyFile(), Options.Agency());
        var command = new Command("register", "Register the public half: from then on files for you are sealed to it.") { key, agency, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var own = RecipientKeyFile.Open(arguments.GetValue(key)!);
            using var api = calls.Open(arguments, Role.AgencySubmitter, arguments.GetValue(agency)!);
            return calls.Print(arguments, await api.PostAsync<RecipientView>(
                $"/agencies/{ApiCalls.Segment(arguments.GetValue(agency)!)}/key", new RecipientKeyRequest(Convert.ToBase64String(own.PublicKey.Span)), cancellationToken));
        });
        return command;
    }

    /// <summary>At the authority: a partner gets the secret it names households by.</summary>
    private static Command Household(ApiCalls calls)
    {
        var (agency, exchange) = (Options.Agency(), Options.Exchange());
        var show = new Option<bool>("--show") { Description = "Show it here, once, for a partner that has registered no key." };
        var command = new Command("household", "Give a partner the secret by which it names households in its list: sealed to its key, in its outbox. Each agreement has its own.") { agency, exchange, show, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.InformationGovernance);
            var view = await api.PostAsync<HouseholdKeyView>(
                $"/agencies/{ApiCalls.Segment(arguments.GetValue(agency)!)}/household-key",
                new HouseholdKeyRequest(arguments.GetValue(exchange)!, arguments.GetValue(show)),
                cancellationToken);
            return calls.Print(arguments, view, () => arguments.InvocationConfiguration.Output.WriteLine(Words(view)));
        });
        return command;
    }

    /// <summary>Where the secret is, and what the partner does next.</summary>
    internal static string Words(HouseholdKeyView view) => string.Join(
        Environment.NewLine,
        [
            .. view.Shown.Length > 0
                ?
                [
                    $"The secret of {view.Agreement}, shown this once: {view.Shown}",
                    $"Hand it to {view.Agency} by means that the agreement names. They keep it in a file, and name it: tfflow prepare EXPORT --exchange {view.Exchange} --key FILE",
                ]
                : (string[])
                [
                    $"The secret of {view.Agreement} is sealed to the key of {view.Agency}. It lies in their outbox: {view.File}, and beside it the notice with its reference.",
                    $"On their own machine they copy it: tfflow outbox --agency {view.Agency} --save DIR",
                    $"They open it: tfflow key open FILE --reference R --agency {view.Agency} --key THEIR-KEY --out list.key",
                    $"They name households by it: tfflow prepare EXPORT --exchange {view.Exchange} --key list.key",
                ],
            $"Its SHA-256, which both sides compare: {view.Sha256}",
        ]);

    /// <summary>At the authority.</summary>
    private static Command Rotate(ApiCalls calls)
    {
        var agency = new Option<string?>("--agency") { Description = "Whose keys. Left out: everybody's." };
        return calls.Act<KeyRotationsStarted>(
            "rotate",
            "Wrap what is kept of an agency under a new key and delete the earlier ones, so that a copy of an old key table opens nothing. Goes on after a stop; 'tfflow instances show ID' says how it ends.",
            "tfflow key rotate --agency school-0",
            Role.InformationGovernance,
            [agency],
            _ => "/keys/rotate",
            arguments => new KeyRotationRequest(arguments.GetValue(agency)));
    }

    private static Command Open()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A sealed file from your outbox." };
        var reference = new Option<string>("--reference") { Description = "What it was sealed under: the notice beside it says so.", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "Where to write what it holds.", Required = true };
        var (key, agency) = (KeyFile(), Options.Agency());
        var command = new Command("open", "Open a file that is sealed to you, on your own machine.") { file, reference, agency, key, output };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var (source, target, recipient) = (arguments.GetValue(file)!, arguments.GetValue(output)!, arguments.GetValue(agency)!);
            if (!source.Exists)
            {
                throw new CommandException(
                    ExitCode.Usage, $"There is no file {source.Name}. 'tfflow outbox --agency {recipient} --save DIR' copies it to this machine.");
            }

            if (target.Exists)
            {
                throw new CommandException(ExitCode.Usage, $"{target.Name} exists already: name another file with --out, or remove it first.");
            }

            using var own = RecipientKeyFile.Open(arguments.GetValue(key)!);
            try
            {
                await using var document = source.OpenRead();
                var content = await own.OpenAsync(document, arguments.GetValue(reference)!, recipient, cancellationToken);

                await using var opened = OwnerOnly.Create(target);
                await opened.WriteAsync(content, cancellationToken);
                await arguments.InvocationConfiguration.Output.WriteLineAsync($"{content.Length} bytes are written to {target.Name}, which only you can read. It may hold personal data: remove it when you no longer need it.");
                return ExitCode.Done;
            }
            catch (SealException e)
            {
                throw RecipientKeyFile.DoesNotOpen(source, recipient, e);
            }
            catch (IOException e)
            {
                throw new CommandException(ExitCode.Unavailable, e.Message);
            }
        });
        return command;
    }
}
