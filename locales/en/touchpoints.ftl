### What people say beside the items: single questions (NPS, CSAT, CES), complaints, open answers.

## Findings

side-answers-unknown = { $count } answers in column “{ $column }” are on no scale and among no words of the definition; they count as missing
    .hint = Add these spellings to labels or missing of the scale, or to yes or no of [complaints]

bad-complaint =
    { $reason ->
        [category] The category of the complaint is not stated
        [received] The day of receipt is no date: “{ $got }”
        [closed] The day of closing is no date: “{ $got }”
        [order] Closed before it was received: “{ $got }”
       *[other] This row of the register cannot be used: { $reason }
    }
    .expected =
        { $reason ->
            [category] a category
            [order] not before the day of receipt
           *[other] YYYY-MM-DD; blank in closed while it is open
        }
    .got = “{ $got }”
    .hint = Correct this cell of the register and run again; the program never changes the register

bad-coding =
    { $reason ->
        [code-empty] A code of the code frame is blank or holds a separator: “{ $got }”
        [code-repeated] “{ $got }” stands twice in the code frame
        [label] The code has no label
        [row] There is no such interview: “{ $got }”
        [coder] The coder is not stated
        [coder-absent] Coder “{ $got }” has coded nothing
        [code] The code frame has no “{ $got }”
        [repeated] The same coder coded the same answer twice
       *[other] This row cannot be used: { $reason }
    }
    .expected =
        { $reason ->
            [row] the physical line in the response file (line), or the id of the respondent (respondent)
            [code] a code of the code frame; several are parted by ;
            [repeated] one row for each coder and answer
           *[other] not blank and not repeated
        }
    .got = “{ $got }”
    .hint = Lines count from 1, which is the header; the columns are line or respondent, coder, code, and wave where there are several

coding-thin = Only { $double } answers to the open question “{ $question }” were coded by two, fewer than the { $required } needed
    .hint = Have a second coder code independently: a tenth of the coded answers, at least 50, or all where there are fewer

coding-unreliable = Coders of the open question “{ $question }” agree with α = { $alpha }, below 0.80
    .hint = Revise the code frame and its rules and have two code anew, independently; until then the shares of codes are tentative

## Words

touchpoint-complaint-rate = Complaint rate
report-chapter-touchpoints = Recommendation, satisfied share and effort
report-chapter-complaints = Complaints
report-chapter-open-answers = Open answers
touchpoint-nps = Net promoter score (NPS)
touchpoint-csat = Satisfied share (CSAT)
touchpoint-ces = Effort score (CES)
touchpoint-handling = Satisfaction of those who complained with the handling
report-part-promoters = Promoters
report-part-passives = Passives
report-part-detractors = Detractors
report-part-top = Answers that count
report-part-with-codes = { $part } ({ $codes })
report-answer-worst = { $at } (worst)
report-answer-best = { $at } (best)

## Columns and tables

report-column-touchpoint = Measure
report-column-value = Value
report-column-missing-count = Not answered
report-column-answers = Answers
report-column-share-percent = Share
report-column-category = Category
report-column-mention-share = Of all mentions
report-column-cumulative = Cumulative
report-column-register-count = Complaints
report-column-closed-count = Closed
report-column-days-median = Days to close (median)
report-column-keyword = Keyword
report-column-respondents = Respondents
report-column-code-label = Code
report-column-alpha-code = α of the code
report-column-detractors = Detractors
report-column-passives = Passives
report-column-promoters = Promoters
report-column-nps = Net promoter score
report-table-touchpoints = Single questions
report-table-touchpoint-parts = Shares behind them
report-table-touchpoint-domains = Single questions by group
report-table-complaints = What respondents complained of
report-table-register = Register of complaints
report-table-keywords = Keywords
report-table-open-codes = Codes given by people

## Figures

report-figure-nps = Net promoter score
report-figure-likert = Answers to the items
report-figure-complaints = Complaints by category
report-axis-nps = NPS
report-axis-item-score = Score
report-alt-nps = { $title }: { $count } rows, each with the shares of detractors, passives and promoters from left to right, passives centred; the numbers are in the table below.
report-alt-likert = { $title }: { $count } items, each from the worst answer to the best, the middle answer centred; the numbers are in the table below.
report-alt-complaints = { $title }: { $count } categories, the largest first, with a line of cumulative shares; the numbers are in the table below.
report-legend-complaints-asked = Share of complainers who named it
report-legend-cumulative-asked = Cumulative share of all mentions
report-legend-complaints-register = Share of all complaints
report-legend-cumulative-register = Cumulative share of all complaints
report-figure-note-likert = Weighted shares (%); the middle answer is centred, better answers to the right. Reversed items are turned.
report-figure-note-nps = Weighted shares (%) of detractors, passives and promoters from left to right, passives centred; the score and its interval are in the table.
report-figure-note-register = The register is a full count: no sampling error, so no interval.
report-complaint-pooled = Others (fewer than 3 each)
report-complaint-pooled-count = Others ({ $count } categories, fewer than 3 each)

## Single questions

report-touchpoints-intro = Each of these numbers comes from one question and is no part of the index. Standard errors are those of the design; intervals of shares are Wilson's.
report-touchpoint-reading = { $name } is { $value } ({ $level } interval { $interval }, n = { $n }).
report-touchpoint-reading-bare = { $name } is { $value } (n = { $n }, no interval).
report-touchpoint-none = { $name }: no result. { $reason }
report-nps-more-promoters = There are more promoters than detractors.
report-nps-more-detractors = There are more detractors than promoters.
report-nps-cannot-tell = Whether there are more promoters or more detractors cannot be told.
report-touchpoints-domains = Single questions by group ({ $wave })
report-earlier-touchpoints = Single questions, { $wave }
report-note-touchpoints = Net promoter score = share of promoters (9, 10) less share of detractors (0 to 6), from −100 to 100, points and no percentage; satisfied share: the best answers; effort: mean of the codes.
report-note-adjusted-wald = The interval of the net promoter score is the adjusted Wald interval for small samples: three more answers (¾ promoters, 1½ passives, ¾ detractors) (Rocks 2016); the score itself is not adjusted.

## Complaints

report-complaints-intro = Complaints come from two sources: what respondents were asked stands for all customers and has intervals; the company's register holds those who came to the company, is a full count and has none. They must not be added up, and neither replaces the other.
report-complaints-rate = { $value } of the customers complained ({ $certainty }, n = { $n }).
report-complaints-handling = Those who complained are satisfied with the handling by { $value } on average (0–100, { $certainty }, n = { $n }).
report-certainty = { $level } interval { $interval }
report-certainty-none = no interval
report-note-complaints = The base of shares is those who complained and said of what; one may name several, so they can exceed 100% together; the base of the cumulative share is all mentions. Categories named by fewer than 3 stand together without a name.
report-register-reading = The register holds { $complaints } complaints received between { $first } and { $last }, { $closed } of them closed, { $open } open; the median from receipt to closing is { $days } days.
report-register-per-thousand = That is { $rate } for 1,000 customers of the frame.
report-note-register = Calendar days of closed complaints; open ones may take longer, so the median is on the low side.
report-base-register = Register { $file } · { $complaints } complaints · full count, no sampling error
report-earlier-complaints = Complaints, { $wave }

## Open answers

report-open-intro = Open questions are answered by those who care to say more, who need not stand for all customers; the counts say what was mentioned, not how many customers think so.
report-open-reading = Of { $n } interviews that count { $answered } have an answer ({ $share }); { $nothing } more say nothing, such as 无.
report-open-no-keywords = No keyword was used by { $least } respondents or more, so none is listed.
report-base-open = n = { $n } answers · respondents, unweighted · { $wave }
report-note-keywords = Respondents who used the word, each counted once; a word right after a negation is another word (不满意). Segmented with the jieba dictionary; nouns, verbs and adjectives, no names. { $withheld } words of fewer than { $least } respondents are not listed, so that nobody is recognised.
report-note-codes = Weighted shares of the coded answers; an answer may have several codes.
report-coding-enough = { $coded } answers are coded, { $double } of them independently by at least two ({ $required } needed), { $coders } coders.
report-coding-thin = { $coded } answers are coded, but only { $double } of them independently by at least two, fewer than the { $required } needed; { $coders } coders.
report-coding-alpha = Krippendorff's α = { $alpha } (interval { $interval }, { $units } answers):{ " " }
report-coding-reliable = at least { $reliable }, the codes can be relied on.
report-coding-tentative = between { $tentative } and { $reliable }, conclusions are tentative.
report-coding-unreliable = below { $tentative }, the codes support no conclusions.
report-coding-kappa = The two coders who share most answers: Cohen's κ = { $kappa } (interval { $interval }, agreement { $observed }, { $n } answers).
report-coding-several = Where an answer has several codes, only the same set counts as agreement.
report-open-quotes = These were drawn in an order that has nothing to do with their content, personal data masked; they are examples, not evidence.
report-open-quotes-withheld = Fewer than { $least } said something, so nobody is quoted.
report-earlier-open = Open answers, { $wave }
