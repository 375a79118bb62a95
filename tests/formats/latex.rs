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
    ] {
        assert_eq!(converted(Format::Latex, before), after);
    }
}
