# A cell's figures over stored runs: a panel per cell, one below the other on
# the same runs, with the level between change points and where they are.
#
#     gnuplot -d -c plots/history.gp results history
#
# A row of data is a run.

name = ARG2
charts = ARG1.'/'
here = ARG0[1:strlen(ARG0) - strlen('history.gp')]
load charts.name.'.gp'
load here.'palette.gp'
points = charts.name.'.tsv'

# The page: in pixels, as in the .svg.
panels = |panel_titles|
plot_height  = panels == 1 ? 300 : panels == 2 ? 220 : 150
page_width   = 1180
label_space  = 84                             # of the y axis
right_space  = 24
head_height  = 74
title_height = 24                             # of a panel
row_height   = 13                             # of the changes' texts
tick_height  = 34
foot_height  = 22 + 15 * |notes|
array upper[panels]
page_height = head_height
do for [i = 1:panels] {
  upper[i] = page_height + title_height + row_height * panel_rows[i]
  page_height = upper[i] + plot_height + tick_height
}
page_height = page_height + foot_height

across(x) = real(x) / page_width
down(y)   = 1 - real(y) / page_height

# Hundreds of runs need smaller dots, and no whiskers that hide them.
size    = runs <= 40 ? 0.8 : runs <= 100 ? 0.6 : 0.4
whisker = runs <= 100 ? grey : pale

set datafile separator "\t"
set datafile columnheaders
set datafile commentschars ""
set encoding utf8
set border 3 lc rgb grey
set grid y lc rgb pale lw 0.5 lt 1
set tics nomirror textcolor rgb ink scale 0.5
set key off
set lmargin at screen across(label_space)
set rmargin at screen across(page_width - right_space)
set xrange [0.5:runs + 0.5]
set xtics () font ',9' offset 0,0.3
do for [i = 1:|x_ticks|] { set xtics add (x_texts[i] x_ticks[i]) }

of_panel(c)  = column('panel') == panel - 1 ? column(c) : NaN
marked(c, m) = strcol('mark') eq m ? of_panel(c) : NaN
barred(c)    = column('low') < column('high') ? of_panel(c) : NaN

do for [format in 'svg png'] {
  load here.'page.gp'
  do for [panel = 1:panels] {
    if (panel > 1) { unset label }
    unset arrow
    unset object
    set tmargin at screen down(upper[panel])
    set bmargin at screen down(upper[panel] + plot_height)
    least = panel_least[panel]
    most = panel_most[panel]
    set yrange [least:most]
    set ytics () font ',9' offset 0.3,0
    do for [i = 1:|tick_y|] {
      if (tick_panels[i] == panel - 1) {
        set ytics add (tick_texts[i] tick_y[i])
      }
    }
    head = upper[panel] - row_height * panel_rows[panel] - 11
    set label 1000 panel_titles[panel] font ',11' tc rgb ink \
      at screen across(label_space),down(head)
    set label 1001 panel_verdicts[panel] right font ',11' tc rgb ink \
      at screen across(page_width - right_space),down(head)
    set label 1002 y_label center rotate by 90 font ',10' tc rgb grey \
      at screen across(20),down(upper[panel] + plot_height / 2.0)

    do for [i = 1:|limit_low|] {
      if (limit_panels[i] == panel - 1) {
        set object rectangle from limit_from[i],limit_low[i] \
          to limit_to[i],limit_high[i] behind fc rgb sky \
          fillstyle solid 0.18 noborder clip
      }
    }
    do for [i = 1:|median_y|] {
      if (median_panels[i] == panel - 1) {
        set arrow from median_from[i],median_y[i] \
          to median_to[i],median_end[i] nohead lc rgb ink lw 1.5 back
      }
    }
    do for [i = 1:|change_x|] {
      if (change_panels[i] == panel - 1) {
        text_y = upper[panel] - row_height * (change_row[i] + 0.5)
        set arrow from first change_x[i],screen down(text_y + 4) \
          to first change_x[i],graph 0 nohead lc rgb vermillion lw 1 dt 2 back
        set label 2000 + i change_texts[i] left font ',9' tc rgb vermillion \
          at first change_x[i],screen down(text_y) offset 0.4,0
      }
    }
    if (panel == 1) {
      set key at screen across(page_width - right_space),down(34) right bottom \
        horizontal maxrows 1 samplen 2 width 1 font ',11' textcolor rgb ink
    } else { set key off }

    plot \
      points using (barred('x')):(column('y')):(column('low')):(column('high')) \
        with yerrorbars lc rgb whisker lw 0.8 pt -1 ps 0.3 notitle, \
      points using (marked('x', 'in')):(column('y')) \
        with points pt 7 ps size lc rgb blue notitle, \
      points using (marked('x', 'out')):(column('y')) \
        with points pt 6 ps 1.4 * size lc rgb blue notitle, \
      points using (marked('x', 'above')):(most) \
        with points pt 8 ps 1.4 * size lc rgb blue notitle, \
      points using (marked('x', 'below')):(least) \
        with points pt 10 ps 1.4 * size lc rgb blue notitle, \
      points using (marked('x', 'gap')):(least + (most - least) * 0.03) \
        with points pt 2 ps size lc rgb vermillion notitle, \
      NaN with points pt 7 ps 0.8 lc rgb blue title 'run', \
      NaN with lines lc rgb ink lw 1.5 title 'level', \
      NaN with lines lc rgb sky lw 6 title (|limit_low| > 1 ? 'expected' : ''), \
      NaN with lines lc rgb vermillion dt 2 \
        title (|change_x| > 1 ? 'change point' : '')
  }
  unset multiplot
}
