# Sets the scene for `panel` (from 1): its place on the page, its title, its
# axis and its servers from the top down.

line  = (panel - 1) / columns
left  = ((panel - 1) % columns) * column_width
upper = head_height + line * line_height
set lmargin at screen across(left + label_space)
set rmargin at screen across(left + column_width - 24)
set tmargin at screen down(upper + 26)
set bmargin at screen down(upper + 26 + row_height * panel_rows[panel])

if (panel > 1) { unset label }
set label 1000 panel_titles[panel] font ',12' tc rgb ink \
  at screen across(left + 24),down(upper + 12)
set xlabel axis font ',10' tc rgb grey offset 0,0.4
set xtics font ',10'
set xrange [panel_least[panel]:panel_most[panel]]
set yrange [panel_rows[panel] - 0.5:-0.5]
