# Every trial of both sides: a small panel per figure, trials in the order in
# which they were measured, the two of a pair above one another and joined, and a
# line at each side's median.
#
#     gnuplot -d -c plots/distributions.gp results/RUN/charts

name = 'distributions'
charts = ARG1.'/'
here = ARG0[1:strlen(ARG0) - strlen(name.'.gp')]
load charts.name.'.gp'
load here.'palette.gp'
load here.'findings.gp'
values  = charts.name.'_rounds.tsv'
medians = charts.name.'.tsv'

# The page: in pixels, as in the .svg.
panels = |cells|
columns = panels <= 3 ? panels : panels == 4 ? 2 : panels <= 9 ? 3 : 4
lines = (panels + columns - 1) / columns
page_width   = columns == 1 ? 860 : 1180
label_space  = 66                             # of a panel's own y axis
column_width = (page_width - 16) / columns
plot_height  = columns == 1 ? 300 : columns == 2 ? 210 : 130
line_height  = plot_height + 90               # its words above, its ticks below
head_height  = 66
axis_height  = 20                             # what the x axis shows
foot_height  = 22 + 15 * |notes|
page_height  = head_height + lines * line_height + axis_height + foot_height
across(x) = real(x) / page_width
down(y)   = 1 - real(y) / page_height
size = columns <= 2 ? 0.9 : 0.7

set datafile separator "\t"
set datafile columnheaders
set datafile commentschars ""
set encoding utf8
set border 3 lc rgb grey
set grid y lc rgb pale lw 0.5 lt 1
set tics nomirror textcolor rgb ink scale 0.5
set key off
set xrange [0.3:x_most + 0.7]

of_panel(c) = column('panel') == panel - 1 ? column(c) : NaN
colour_of(finding) = finding eq 'regressed' ? finding_words[1] : \
  finding eq 'inconclusive' ? finding_words[2] : \
  finding eq 'improved' ? finding_words[3] : finding_words[4]
# Every so many pairs a tick.
step = x_most <= 12 ? 1 : x_most <= 30 ? 5 : x_most <= 60 ? 10 : 50

do for [format in 'svg png'] {
  load here.'page.gp'
  do for [panel = 1:panels] {
    place = (panel - 1) % columns
    left  = label_space + place * column_width
    right = (place + 1) * column_width - 8
    upper = head_height + ((panel - 1) / columns) * line_height
    set lmargin at screen across(left)
    set rmargin at screen across(right)
    set tmargin at screen down(upper + 58)
    set bmargin at screen down(upper + 58 + plot_height)
    if (panel > 1) { unset label }
    set label 1000 cells[panel] font ',9' tc rgb grey \
      at screen across(left),down(upper + 14)
    set label 1001 metrics[panel] font ',11' tc rgb ink \
      at screen across(left),down(upper + 31)
    set label 1002 said[panel] font ',10' tc rgb colour_of(findings[panel]) \
      at screen across(left),down(upper + 47)
    if (panel == 1) {
      set label 1003 x_label center font ',10' tc rgb grey \
        at screen 0.5,down(page_height - foot_height - 8)
      set key at screen across(page_width - 24),down(56) right bottom \
        horizontal maxrows 1 samplen 1.5 width 1 font ',11' textcolor rgb ink
    } else { set key off }
    set yrange [y_least[panel]:y_most[panel]]
    set ytics () font ',9' offset 0.3,0
    do for [i = 1:|tick_panels|] {
      if (tick_panels[i] == panel - 1) {
        set ytics add (tick_texts[i] tick_places[i])
      }
    }
    if (is_paired) {
      set xtics () font ',9' offset 0,0.3
      set xtics add ('1' 1)
      do for [i = 1:int(x_most / step)] {
        set xtics add (sprintf('%d', i * step) i * step)
      }
    } else { unset xtics }

    plot \
      values using (of_panel('place')):(column('base')):(0): \
        (column('head') - column('base')) \
        with vectors nohead lc rgb '#BBBBBB' lw 1 notitle, \
      medians using (0.6):(of_panel('base_median')): \
        (base_last[panel] - 0.2):(0) \
        with vectors nohead lc rgb blue lw 1.5 notitle, \
      medians using (head_first[panel] - 0.4):(of_panel('head_median')): \
        (head_last[panel] - head_first[panel] + 0.8):(0) \
        with vectors nohead lc rgb orange lw 1.5 notitle, \
      values using (of_panel('place')):(column('base')) \
        with points pt 7 ps size lc rgb 'white' notitle, \
      values using (of_panel('place')):(column('base')) \
        with points pt 6 ps size lc rgb blue notitle, \
      values using (of_panel('place')):(column('head')) \
        with points pt 5 ps 0.9 * size lc rgb orange notitle, \
      NaN with linespoints pt 6 lc rgb blue title 'base', \
      NaN with linespoints pt 5 lc rgb orange title 'head'
  }
  unset multiplot
}
