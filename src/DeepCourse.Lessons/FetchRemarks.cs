using DeepCourse.Data.Catalogue;

namespace DeepCourse.Lessons;

/// <summary>Says on the console what is being done to get a data set, each activity once.</summary>
internal sealed class FetchRemarks(LessonConsole console) : IProgress<FetchProgress>
{
    private string _said = "";

    public void Report(FetchProgress value)
    {
        if (Interlocked.Exchange(ref _said, value.Activity) != value.Activity) console.Remark($"{value.Dataset}: {value.Activity}");
    }
}
