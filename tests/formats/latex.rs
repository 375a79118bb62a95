//! LaTeX: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn text_changes_and_commands_do_not() {
    for (before, after) in [
        (
            "\\section[後]{圖書館, 一樓}\n",
            "\\section[后]{图书馆, 一楼}\n",
        ),
        (
            "見\\cite[頁後]{王後2020}與\\ref{圖:後}後\n",
            "见\\cite[頁後]{王後2020}与\\ref{圖:後}后\n",
        ),
        (
            "\\def\\名稱{你的指導}\\名稱後來% 註解裡\n後\n",
            "\\def\\名稱{你的指导}\\名稱后来% 註解裡\n后\n",
        ),
        ("\\item圖書館後\n", "\\item图书馆后\n"),
        (
            "$頭_{後}$ 後 \\(後\\) \\[後\\] \\$後\n",
            "$頭_{後}$ 后 \\(後\\) \\[後\\] \\$后\n",
        ),
        (
            "\\begin{verbatim}\n後 \\end\n\\end{verbatim}\n後\n",
            "\\begin{verbatim}\n後 \\end\n\\end{verbatim}\n后\n",
        ),
        (
            "\\begin{定理後}[名]\n後\\verb|後|\\textbf{頭}髮\\\\\n\\end{定理後}\n",
            "\\begin{定理後}[名]\n后\\verb|後|\\textbf{头}发\\\\\n\\end{定理後}\n",
        ),
        (
            "\\includegraphics[width=3cm]{圖/後.png}\\href{https://a.b/後}{後}\n",
            "\\includegraphics[width=3cm]{圖/後.png}\\href{https://a.b/後}{后}\n",
        ),
        (
            "後 & 裡 \\\\ 50\\% 後 {\\bf 後}\n",
            "后 & 里 \\\\ 50\\% 后 {\\bf 后}\n",
        ),
        (
            "價錢 $5 後\n\n裡 https://a.b/後 後\n",
            "价钱 $5 后\n\n里 https://a.b/後 后\n",
        ),
        (
            "價錢 $5 後\r\n\r\n裡 $6\n \t\n後 $7\\\n\n頭 $8 後\n",
            "价钱 $5 后\r\n\r\n里 $6\n \t\n后 $7\\\n\n头 $8 后\n",
        ),
        (
            "\\textcolor{後\r\n\r\n裡} 頭\n",
            "\\textcolor{后\r\n\r\n里} 头\n",
        ),
        (
            "\\lstinline{後} 頭髮後來 頭髮\n\\mintinline{後}|裡| 後\n",
            "\\lstinline{後} 头发后来 头发\n\\mintinline{後}|裡| 后\n",
        ),
        (
            "\\lstinline[a={後}]|裡| 後 \\lstinline[後|裡\n",
            "\\lstinline[a={後}]|裡| 后 \\lstinline[後|裡\n",
        ),
        (
            "\\def\\名稱{}\\def\\名{}\\def\\名稱後{}\\名稱裡\\名裡\\名稱後裡\\名後\n",
            "\\def\\名稱{}\\def\\名{}\\def\\名稱後{}\\名稱里\\名里\\名稱後里\\名后\n",
        ),
    ] {
        assert_eq!(converted(Format::Latex, before), after);
    }
}
