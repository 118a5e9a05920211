using System.Runtime.CompilerServices;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Programme.Governance;
using TfFlow.Programme.Outcomes;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Statistics;
using TfFlow.Programme.Research.Study;
using TfFlow.Programme.Rights;

namespace TfFlow.Programme.Tests;

/// <summary>docs/states.md is generated from the transition tables; set TFFLOW_WRITE_DOCS=1 to write it anew.</summary>
public class StatesDocumentTest
{
    [Fact]
    public void The_document_shows_the_tables_the_code_runs_by()
    {
        var path = Path.GetFullPath(Path.Combine(Here(), "..", "..", "docs", "states.md"));
        var expected = Document();
        if (Environment.GetEnvironmentVariable("TFFLOW_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static string Document() => $"""
        # States
        Generated from the transition tables in `functions/Programme`. What is not drawn is forbidden.

        ## An extract
        ```mermaid
        {ExtractStages.Transitions.ToMermaid().TrimEnd()}
        ```

        ## An upload grant
        ```mermaid
        {GrantStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## A profile filed before the first use of a source
        ```mermaid
        {DiscoveryStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## A matching round
        ```mermaid
        {MatchingStages.Transitions.ToMermaid().TrimEnd()}
        ```

        ## A household that matching kept
        ```mermaid
        {CohortStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## An anonymous extract for research
        ```mermaid
        {ResearchExtractStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## A table of statistics
        ```mermaid
        {StatisticsStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## A round of a study
        ```mermaid
        {StudyRoundStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## A file given to a party
        ```mermaid
        {GivenFileStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## An entry of a governance register
        ```mermaid
        {RegisterStates.Standing.ToMermaid().TrimEnd()}
        ```

        ## A notice in a governance register: a withdrawal, a termination, a security need
        ```mermaid
        {RegisterStates.Notice.ToMermaid().TrimEnd()}
        ```

        ## An account's access
        ```mermaid
        {RegisterStates.Access.ToMermaid().TrimEnd()}
        ```

        ## A person's objection
        ```mermaid
        {ObjectionStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## A claim for payment by results
        ```mermaid
        {ClaimStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## Claims that are drawn or returned together
        ```mermaid
        {ClaimBatchStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## A request for recorded information
        ```mermaid
        {InformationRequestStates.Transitions.ToMermaid().TrimEnd()}
        ```

        ## An authority's submission to a study
        ```mermaid
        {StudySubmissionStates.Transitions.ToMermaid().TrimEnd()}
        ```

        """.ReplaceLineEndings("\n");

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
