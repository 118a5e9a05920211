using TfFlow.Cli.Demo;
using TfFlow.Lifecycle;
using TfFlow.Programme.Agreements;

namespace TfFlow.Scenarios;

/// <remarks>What is dropped, and under which agreements: the same for both hosts.</remarks>
internal sealed partial class World
{
    public const string Attendance = "testshire-attendance";
    public const string PlainAttendance = "testshire-attendance-plain";

    public static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromMinutes(20)).Token;

    public static AgreementCatalogue Agreements { get; } = AgreementCatalogue.Load(
        Directory.EnumerateFiles(AgreementFolder, "*.yaml").Select(file => (Path.GetFileName(file), (TextReader)File.OpenText(file))));

    /// <summary>Who receives what is exchanged under <see cref="Agreements"/>.</summary>
    public static Deployment Council { get; } = new(DeploymentKind.Authority, "testshire-council");

    public static string AgreementFolder => Path.Combine(AppContext.BaseDirectory, "Agreements");

    public static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public static byte[] AttendanceFile(int rows, int seed = 1) =>
        new SyntheticExtracts(seed, Today).SchoolAttendance(rows, Canaries.For(Today)).Csv;
}
