namespace TfFlow.Host.Azure.Tests.Functions;

public sealed class StubsTest
{
    private const string File = "functions/Host.Azure/Functions/DurableStubs.cs";

    [Fact]
    public void Every_orchestrator_and_activity_of_the_lifecycle_has_its_function_and_no_other_has()
    {
        var expected = Stubs.Write();
        if (Environment.GetEnvironmentVariable("TFFLOW_WRITE_STUBS") == "1")
        {
            System.IO.File.WriteAllText(Path.Combine(Repository.Root, File), expected);
        }

        Assert.True(
            expected == Repository.Read(File).ReplaceLineEndings("\n"),
            $"{File} is not what the lifecycle has. Write it anew: TFFLOW_WRITE_STUBS=1 dotnet test tests/Host.Azure.Tests");
    }
}
