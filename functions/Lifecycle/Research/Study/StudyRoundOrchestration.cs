using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>Carries a study's round on: <see cref="AdvanceStudy"/> sends linkage files, combines returns, and at the end destroys everything. People order and release through the API.</summary>
public sealed class StudyRoundOrchestration : RowOrchestration<StudyRoundOrchestration, AdvanceStudy, StudyReference>;
