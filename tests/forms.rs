//! The forms of leads and sign-offs in `fixtures/forms.tsv`: none of them is left in the story, and none takes any of the
//! story with it.

use copydesk::Cleaner;
use copydesk::config::Config;
use copydesk::document::Document;
use serde_json::{Value, json};

/// An invented page: what stands above the story, its paragraphs, what stands below.
struct Page {
    language: &'static str,
    above: &'static str,
    story: [&'static str; 3],
    below: &'static str,
    /// Between the last sentence and what is glued to it.
    space: &'static str,
}

const PAGES: [Page; 4] = [
    Page {
        language: "ko",
        above: "새벽 항만 파업 끝나\n\n입력 2026-03-05 10:00\n\n",
        story: [
            "항만 노조가 5일 새벽 석 달 동안 이어 온 파업을 끝내기로 했다고 밝혔다. 조합원 1200여 명이 찬반 투표에 참여했다.",
            "노조는 이날 총회를 열고 찬반 투표를 했다. 투표율은 91%였고 찬성이 반대보다 세 배 많았다. 위원장은 \"조합원이 지쳤고 \
             시민의 불편도 컸다\"며 \"남은 문제는 배 위에서 풀겠다\"고 말했다. 배는 6일부터 다시 뜬다고 했다.",
            "해운사는 그동안 밀린 화물 3만 톤을 이달 안에 모두 실어 나르겠다고 설명했다. 다만 부두 하역 장비 두 대가 고장 나 있어 \
             처음 사흘은 평소의 절반만 움직일 수 있을 것으로 내다봤다. 시는 이 기간에 셔틀버스를 늘리고 통행료를 받지 않기로 했다.",
        ],
        below: "\n\n저작권자 ⓒ 가람일보 무단전재 및 재배포 금지\n\n많이 본 뉴스\n앞바다 고래 떼\n물빛시 천문대 문 열어\n",
        space: " ",
    },
    Page {
        language: "ja",
        above: "港湾のストライキ終わる\n\n2026年3月5日 10:00\n\n",
        story: [
            "港湾労働組合は5日、3か月続いたストライキを終えると発表した。総会で投票が行われ、賛成が反対の三倍に上った。",
            "組合の委員長は「組合員は疲れ、市民の不便も大きかった」と述べ、「残る問題は船の上で解きたい」と話した。\
             船は6日から再び運航する。",
            "海運会社は、たまった荷物3万トンを今月中に運び終えると説明した。利用者は安心した様子で、乗り場には朝から列ができた。",
        ],
        below: "\n\n© 暁通信 無断転載を禁じます\n\n関連記事\n灯台に再び灯台守\n",
        space: "",
    },
    Page {
        language: "zh",
        above: "港口罢工结束\n\n2026-03-05 10:00 来源：晨光网\n\n",
        story: [
            "港口工会5日宣布结束持续三个月的罢工。工会召开大会并进行了投票，赞成票是反对票的三倍，投票率达到百分之九十一。",
            "工会主席表示，会员已经疲惫，市民也深感不便，余下的问题将在船上解决。渡轮将从6日起恢复航行，首日的船票已经售完。",
            "航运公司说明，积压的三万吨货物将在本月内运完。旅客表示松了一口气，码头从早上起就排起了长队，孩子们也来看船。",
        ],
        below: "\n\n版权所有 晨光网\n\n相关新闻\n灯塔改成图书馆\n",
        space: "",
    },
    Page {
        language: "en",
        above: "Harbour strike ends after three months\n\nPublished March 5, 2026 10:00 am\n\n",
        story: [
            "The port workers said on Thursday they would end a strike that had lasted three months. Nine in ten members cast a vote, \
             and three times as many were in favour as against.",
            "\"Our members are tired and so is the city,\" the union chair said, adding that what is left to settle would be settled \
             on board. Ferries are to sail again from Friday.",
            "The shipping company said it would move the thirty thousand tonnes of freight left on the quays by the end of the month. \
             Passengers queued at the pier from early morning.",
        ],
        below: "\n\nCopyright 2026 The Dawn Herald. All rights reserved.\n\nRelated\nLighthouse gets a keeper again\n",
        space: " ",
    },
];

/// The story that is read where `form` is printed at `place`.
fn read(page: &Page, place: &str, form: &str) -> Vec<Value> {
    let form = form.replace('_', " ");
    let Page {
        above,
        story: [first, second, last],
        below,
        space,
        ..
    } = page;
    let text = match place {
        "lead" => format!("{above}{form}{first}\n\n{second}\n\n{last}{below}"),
        "line" => format!("{above}{first}\n\n{second}\n\n{last}\n\n{form}{below}"),
        "glued" => format!("{above}{first}\n\n{second}\n\n{last}{space}{form}{below}"),
        _ => panic!("{place} is no place"),
    };
    let document = Document {
        text,
        ..Document::default()
    };
    let article = Cleaner::new(Config::default()).clean(&document);
    let record = serde_json::to_value(article).unwrap();
    let blocks = record["blocks"].as_array().unwrap();
    blocks.iter().map(|block| block["text"].clone()).collect()
}

#[test]
fn stories_are_told_from_what_opens_and_signs_them() {
    let forms = include_str!("../fixtures/forms.tsv");
    let rows = forms.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let [language, place, form] = columns[..] else {
            panic!("{row}: want three columns");
        };
        let page = PAGES
            .iter()
            .find(|page| page.language == language)
            .unwrap_or_else(|| panic!("{row}: no page in this language"));
        let story = read(page, place, form);
        count += 1;
        if json!(story) != json!(page.story) {
            wrong.push(format!("{row}\n    {story:?}"));
        }
    }
    assert!(count >= 150, "{count} forms");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
