using System.CommandLine;
using System.Globalization;
using TfFlow.Api.Access;
using TfFlow.Host.Local.Hosting;

namespace TfFlow.Cli.Commands;

/// <summary>Options that several commands share, so that they are spelled and explained once.</summary>
internal static class Options
{
    public static Option<string> Folder() => new("--folder")
    {
        Description = "The local host's work folder.",
        DefaultValueFactory = _ => WorkFolder.Default,
        Recursive = true,
    };

    /// <summary>The work folder that a host was started on; a mistyped one is not made.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static WorkFolder Existing(string path) => WorkFolder.Find(path) ?? throw new CommandException(
        ExitCode.Unavailable,
        $"There is no work folder {Path.GetFullPath(path)}. No host was started there. "
        + "Look at --folder; 'tfflow up' makes one; --server and --token name a host elsewhere.");

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for machines instead of text for people." };

    public static Option<string> Agency() => new("--agency") { Description = "The agency, as the agreement names it: leicestershire-police, …", Required = true };

    public static Option<string> Exchange() => new("--exchange") { Description = "The exchange, as the agreement names it: leicestershire-2, …", Required = true };

    public static Option<Uri?> Server() => new("--server")
    {
        Description = "The API's address. Default: the host that runs on --folder.",
        CustomParser = Address,
    };

    public static Option<string?> Token() => new("--token") { Description = "A bearer token (or TFFLOW_TOKEN). Default: one minted from --folder." };

    public static Option<Role> Role() => new("--role")
    {
        Description = $"One of {string.Join(", ", Programme.Documents.Kebab.All<Role>())}.",
        HelpName = "role",
        Required = true,
        CustomParser = Kebab<Role>,
    };

    public static Option<string?> Storage() => new("--storage")
    {
        Description = "Connection string of a running Azurite or storage account (or TFFLOW_STORAGE). Default: one of its own on --folder.",
        Recursive = true,
    };

    public static string? StorageIn(ParseResult arguments, Option<string?> storage) =>
        arguments.GetValue(storage) ?? (Environment.GetEnvironmentVariable("TFFLOW_STORAGE") is { Length: > 0 } set ? set : null);

    /// <summary>Opens what is kept on a storage account.</summary>
    /// <exception cref="CommandException">Its connection string cannot be read.</exception>
    public static async Task<T> OnStorageAsync<T>(Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (FormatException e)
        {
            throw new CommandException(ExitCode.Unavailable, $"{e.Message} Look at --storage and TFFLOW_STORAGE, or leave them out to use --folder.");
        }
    }

    /// <summary>A day as documents write it: <c>2026-03-02</c>.</summary>
    public static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => DayIn(result, name),
    };

    public static Option<DateOnly> RequiredDay(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = result => DayIn(result, name) ?? default,
    };

    /// <summary>A moment in UTC: <c>2026-03-02T09:00</c>.</summary>
    public static Option<DateTimeOffset?> Moment(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            {
                return moment;
            }

            result.AddError($"{name} is a moment like 2026-03-02T09:00.");
            return null;
        },
    };

    /// <summary>A whole number within bounds.</summary>
    /// <param name="bounds">What is said of any other text: "from 1 to 10".</param>
    public static Option<int> Whole(string name, string description, Func<int, bool> isWithin, string bounds, int absent) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => absent,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && isWithin(number))
            {
                return number;
            }

            result.AddError($"{name} is {bounds}.");
            return absent;
        },
    };

    /// <summary>The address of an API.</summary>
    public static Uri? Address(System.CommandLine.Parsing.ArgumentResult result) =>
        Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) ? uri : Fail(result, "is not an address like https://host");

    /// <summary>A value as the agreements spell it: <c>secure-email</c>. As the API spells it, it is understood too.</summary>
    public static T Kebab<T>(System.CommandLine.Parsing.ArgumentResult result)
        where T : struct, Enum => OneOf(result, Enum.GetValues<T>());

    /// <summary>One of some words of an enumeration.</summary>
    public static T OneOf<T>(System.CommandLine.Parsing.ArgumentResult result, IReadOnlyList<T> choices)
        where T : struct, Enum
    {
        var text = result.Tokens[0].Value;
        var known = Programme.Documents.Kebab.TryParse<T>(text.ToLowerInvariant(), out var value)
            || (Enum.TryParse(text, ignoreCase: true, out value) && value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase));
        if (known && choices.Contains(value))
        {
            return value;
        }

        result.AddError($"'{text}' is none of {string.Join(", ", choices.Select(choice => Programme.Documents.Kebab.Of(choice)))}.");
        return default;
    }

    private static DateOnly? DayIn(System.CommandLine.Parsing.ArgumentResult result, string name)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        result.AddError($"{name} is a day like 2026-03-02.");
        return null;
    }

    private static Uri? Fail(System.CommandLine.Parsing.ArgumentResult result, string why)
    {
        result.AddError($"'{result.Tokens[0].Value}' {why}.");
        return null;
    }
}
