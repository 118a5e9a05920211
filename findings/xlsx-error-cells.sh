#!/usr/bin/env bash
# A cell with an error (#N/A, #DIV/0!) is something else in every reader.
# - ExcelDataReader 3.6.0 gives nothing, as for a blank cell, and has no call that tells the two apart.
# - MiniExcel 1.46.0 gives the text `#N/A`, as if somebody had typed it.
# - ClosedXML 0.95.4 gives the text of an error that a formula made, and an empty text for one without a formula.
# A failed look-up in a school's workbook becomes a blank, or a surname `#N/A`.
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

const string row = """<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1" t="inlineStr"><is><t>x</t></is></c></row>""";
Expect("#N/A, ExcelDataReader", "nothing", ByExcelDataReader(Workbook("", row)));
Expect("#N/A, MiniExcel", "String '#N/A'", ByMiniExcel(Workbook("", row)));
Expect("#N/A, ClosedXML", "String ''", ByClosedXml(Workbook("", row)));
Expect("#DIV/0!, ExcelDataReader", "nothing", ByExcelDataReader(Workbook("", row), 1));
Expect("#DIV/0!, MiniExcel", "String '#DIV/0!'", ByMiniExcel(Workbook("", row), 1));
Expect("#DIV/0!, ClosedXML", "String '#DIV/0!'", ByClosedXml(Workbook("", row), 1));
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
