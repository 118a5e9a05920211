using System.Runtime.ExceptionServices;
using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Linkage;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Tests;

/// <summary>Whatever reads people's data, and whatever is wrong with it: no exception, of ours or of a library, carries what stands there (law 1).</summary>
public sealed class CanariesTest
{
    private const string Canary = "Zzcanary7Quillfeather";

    private static readonly (string Name, Func<Stream, Task> Read)[] Readers =
    [
        ("microdata", csv => Done(() => MicroTableReader.Read(csv, "file.csv", null, ["age", "sex"]))),
        ("hierarchy", csv => Done(() => Hierarchy.Read(csv, "age.csv", null))),
        ("dedupe", csv => Done(() => RecordLinkage.Dedupe(new LinkageInput(csv, "file.csv", new()), new() { Threads = 1 }))),
        ("dedupe by a column that is not there", csv => Done(() => RecordLinkage.Dedupe(new LinkageInput(csv, "file.csv", new() { Id = "number" }), new() { Threads = 1 }))),
        ("preparation", csv => ExtractPreparation.PrepareAsync(csv, DatasetCatalogue.Find("school-attendance")!, new() { AsOf = new(2013, 10, 31) }, new MemoryStream(), CancellationToken.None)),
        ("household list", csv => HouseholdListPreparation.PrepareAsync(csv, DatasetCatalogue.Find("household-list")!, new() { AsOf = new(2013, 10, 31) }, new byte[32], new MemoryStream(), CancellationToken.None)),
    ];

    private static readonly string[] Files =
    [
        Canary,
        $"{Canary},{Canary}2\n{Canary}3,{Canary}4\n",
        $"id,surname,forenames,date of birth\n1,{Canary},{Canary},{Canary}\n",
        $"id,surname\n1,{Canary}\n1,{Canary}\n",
        $"id,surname\n,{Canary}\n",
        $"id,surname\n1,{Canary},{Canary}\n",
        $"age,sex\n{Canary}\n",
        $"age,sex\n{Canary},1,2\n",
        $"age,sex\n\"{Canary},1\n",
        $"age,sex\n\"{Canary}\"{Canary},1\n",
        $"age,sex\n{Canary},1\n{Canary},2\n",
        $"{Canary};;{Canary}\n\n{Canary}",
        $"age,sex\n\0{Canary},1\n",
    ];

    private static readonly AsyncLocal<bool> Reading = new();

    public static TheoryData<string> Names => new(Readers.Select(reader => reader.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_is_wrong_with_a_file_no_exception_carries_a_value_of_it(string name)
    {
        var read = Readers.Single(reader => reader.Name == name).Read;
        var (thrown, failed) = (new List<string>(), 0);
        void Watch(object? sender, FirstChanceExceptionEventArgs args)
        {
            // Other tests run at the same time: what they throw is not this reader's.
            if (!Reading.Value)
            {
                return;
            }

            lock (thrown)
            {
                thrown.Add(args.Exception.ToString());
            }
        }

        Reading.Value = true;

        AppDomain.CurrentDomain.FirstChanceException += Watch;
        try
        {
            foreach (var file in Files.Select(Encoding.UTF8.GetBytes).SelectMany(bytes => (byte[][])[bytes, [.. bytes, 0xFF, 0xFE]]))
            {
                failed += await Record.ExceptionAsync(() => read(new MemoryStream(file))) is null ? 0 : 1;
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Watch;
        }

        lock (thrown)
        {
            Assert.DoesNotContain(thrown, text => text.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        }

        // Preparation tells what is wrong by its outcome; the others by an exception, which is what is looked at here.
        Assert.True(failed > 3 || name is "preparation" or "household list", $"{failed} of the files were refused.");
    }

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
