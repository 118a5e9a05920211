#!/usr/bin/env bash
# 1 January 1900 is what many registers write for an unknown date of birth. In a workbook it is day 1.
# ExcelDataReader 3.6.0 reads it as Excel shows it. MiniExcel 1.46.0 and ClosedXML 0.95.4 read 31 December 1899, so a list
# of filler dates misses it. They are a day early for each of the first 59 days, and right from 1 March 1900.
# ExcelDataReader reads two days as one date: 59, and 60, which Excel shows as 29 February 1900.
# Exit 0: as stated. 1: changed. 2: could not run.
set -uo pipefail
for tool in dotnet; do
  command -v "$tool" > /dev/null || { echo "Could not run: $tool is missing."; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
export NUGET_PACKAGES="$folder/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <InvariantGlobalization>true</InvariantGlobalization>
    <NuGetAudit>false</NuGetAudit>
    <NoWarn>NU1701;NU1603</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="ExcelDataReader" Version="[3.6.0]" />
    <PackageReference Include="MiniExcel" Version="[1.46.0]" />
    <PackageReference Include="ClosedXML" Version="[0.95.4]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ClosedXML.Excel;
using ExcelDataReader;
using MiniExcelLibs;

Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
var changed = false;

foreach (var (day, excelDataReader, others) in ((int, string, string)[])[
    (1, "1900-01-01", "1899-12-31"), (59, "1900-02-28", "1900-02-27"), (60, "1900-02-28", "1900-02-28"), (61, "1900-03-01", "1900-03-01")])
{
    Expect($"day {day}, ExcelDataReader", excelDataReader, ByExcelDataReader(Open()));
    Expect($"day {day}, MiniExcel", others, ByMiniExcel(Open()));
    Expect($"day {day}, ClosedXML", others, ByClosedXml(Open()));

    MemoryStream Open() => Workbook("", $"""<row r="1"><c r="A1" s="1"><v>{day}</v></c></row>""");
}

return changed ? 1 : 0;

static string ByExcelDataReader(Stream file, int column = 0)
{
    using var reader = ExcelReaderFactory.CreateReader(file);
    reader.Read();
    return Text(reader.GetValue(column));
}

static string ByMiniExcel(Stream file, int column = 0) => Text(((IDictionary<string, object?>)file.Query(excelType: ExcelType.XLSX).First()).Values.ElementAt(column));

static string ByClosedXml(Stream file, int column = 0)
{
    using var workbook = new XLWorkbook(file);
    return Text(workbook.Worksheet(1).Cell(1, column + 1).Value);
}

static string Text(object? value) => value switch
{
    null => "nothing",
    DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    _ => FormattableString.Invariant($"{value.GetType().Name} '{value}'"),
};

static MemoryStream Workbook(string properties, string rows, string? sharedTexts = null)
{
    const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string types = "http://schemas.openxmlformats.org/package/2006/content-types";
    const string links = "http://schemas.openxmlformats.org/package/2006/relationships";
    const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    var file = new MemoryStream();
    using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
    {
        Put("[Content_Types].xml", $"""
            <Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{sheetType}.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheetType}.worksheet+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="{sheetType}.styles+xml"/>
            <Override PartName="/xl/sharedStrings.xml" ContentType="{sheetType}.sharedStrings+xml"/></Types>
            """);
        Put("_rels/.rels", $"""<Relationships xmlns="{links}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Put("xl/workbook.xml", $"""
            <workbook xmlns="{main}" xmlns:r="{office}"><workbookPr {properties}/><sheets><sheet name="Pupils" sheetId="1" r:id="rId1"/></sheets></workbook>
            """);
        Put("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{links}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/>
            <Relationship Id="rId3" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>
            """);
        Put("xl/styles.xml", $"""
            <styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
            <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
            <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
            <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
            <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
            <cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
            <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
            <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
            """);
        Put("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>""");
        Put("xl/sharedStrings.xml", $"""<sst xmlns="{main}">{sharedTexts}</sst>""");

        void Put(string name, string xml)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write($"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}""");
        }
    }

    file.Position = 0;
    return file;
}

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore || exit 1
