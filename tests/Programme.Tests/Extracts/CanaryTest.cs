using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using CsvHelper;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

/// <summary>No exception, message or finding carries what a file holds (law 1).</summary>
public sealed class CanaryTest
{
    private const string Canary = "Zzcanary7Quillfeather";

    public static TheoryData<string> Files => new(
        Canary,
        $"{Canary},{Canary}\n{Canary},{Canary}\n",
        $"{Reading.Header}{Canary}\n",
        Reading.Header + Reading.Row(surname: $"=cmd|{Canary}"),
        Reading.Header + Reading.Row(surname: $"{Canary}\0"),
        Reading.Header + Reading.Row(surname: $"{Canary}\u0001"),
        Reading.Header + Reading.Row(born: Canary),
        Reading.Header + Reading.Row(born: $"31/02/{Canary}"),
        Reading.Header + Reading.Row(postcode: Canary),
        Reading.Header + Reading.Row(score: Canary),
        Reading.Header + Reading.Row(kind: Canary),
        Reading.Header + Reading.Row(surname: Canary) + Reading.Row(surname: Canary),
        Reading.Header + Reading.Row() + $"{Canary}\"{Canary},Edith\n",
        Reading.Header + Reading.Row() + $"\"{Canary}\"{Canary},Edith\n",
        Reading.Header + Reading.Row() + $"\"{Canary},Edith\n",
        Reading.Header + Reading.Row() + $"\"{Canary}{new string('x', 600_000)}",
        Reading.Header + Reading.Row().TrimEnd() + $",{Canary}\n",
        Reading.Header.TrimEnd() + $",{Canary}\n" + Reading.Row(),
        $"adoption{Canary}," + Reading.Header + Reading.Row(),
        $"{Canary};{Canary}\n");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_faulty_file_is_refused_without_repeating_it(string csv)
    {
        var thrown = new List<string>();
        void Watch(object? sender, FirstChanceExceptionEventArgs args)
        {
            lock (thrown)
            {
                thrown.Add(args.Exception.ToString());
            }
        }

        AppDomain.CurrentDomain.FirstChanceException += Watch;
        ExtractOutcome outcome;
        try
        {
            (outcome, _) = await Reading.ReadAsync(csv);
            (_, _) = await Reading.ReadAsync([.. Encoding.UTF8.GetBytes(csv), 0xFF]);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Watch;
        }

        lock (thrown)
        {
            Assert.DoesNotContain(thrown, text => text.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        }

        Assert.DoesNotContain(Canary, outcome.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Canary, JsonSerializer.Serialize(outcome), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_parser_itself_keeps_values_out_of_its_exceptions_as_it_is_set()
    {
        using var reader = CsvReader.FromText($"a\n{Canary}\n\"{Canary}\"{Canary}\n", new CsvReaderOptions { Separator = ',', IncludeValuesInExceptions = false, MalformedData = CsvMalformedDataHandling.Throw });
        reader.Read();
        foreach (var act in new Action[] { () => reader.Parse<int>(0), () => reader.Parse<DateOnly>(0), () => reader.Parse<bool>(0), () => reader.GetFieldIndex("b"), () => reader.Read() })
        {
            var exception = Record.Exception(act);
            Assert.NotNull(exception);
            Assert.DoesNotContain(Canary, exception.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }
}
