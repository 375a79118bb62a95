<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>視窗後</name>
    <message numerus="yes">
        <location filename="../後.cpp" line="1"/>
        <source>後 %n</source>
        <comment>後</comment>
        <extracomment>後</extracomment>
        <translation>
            <numerusform>%n 個檔案裡</numerusform>
        </translation>
    </message>
    <message><source>後</source><translation type="unfinished">頭髮(&amp;F)</translation></message>
</context>
</TS>
